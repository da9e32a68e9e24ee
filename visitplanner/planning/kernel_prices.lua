-- Run as one chunk after `kernel.lua`.
-- Bounds: the cheapest tour where each start at a stop has its price, in SCALEths of a point.
-- A state keeps all its labels (minute, price) of which none is both later and dearer.
local set_prices, priced_tour
do

local SCALE, MOST_LABELS = 16, 1000000
local price, cheaper, least_price, head, heads
local Lm, Li, Lt, Lc, Lv, Lp, Ln

-- Take over prices by stop and minute; link each start to the next one that costs less.
set_prices = function(text)
  local a = ints(text)
  if heads ~= held then
    heads = held
    head = ffi.new("int32_t[?]", held)
    for j = 0, held - 1 do head[j] = -1 end
    Lm, Li, Lt = ffi.new("int32_t[?]", MOST_LABELS), ffi.new("int32_t[?]", MOST_LABELS),
      ffi.new("int32_t[?]", MOST_LABELS)
    Lc, Lv, Lp = ffi.new("int32_t[?]", MOST_LABELS), ffi.new("int32_t[?]", MOST_LABELS),
      ffi.new("int32_t[?]", MOST_LABELS)
    Ln = ffi.new("int32_t[?]", MOST_LABELS)
  end
  price, cheaper = a, ffi.new("int32_t[?]", n * R)
  least_price = ffi.new("int32_t[?]", n * R)
  for s = 0, n - 1 do
    if dirty_hi[s] >= 0 then refresh(s) end
    for t = R - 1, 0, -1 do
      local x = t + 1 < R and nxt[s * R + t + 1] or NEVER
      if t <= H then
        while x < NEVER and a[s * (H + 1) + x] >= a[s * (H + 1) + t] do
          x = x + 1 < R and nxt[s * R + x + 1] or NEVER
        end
      end
      cheaper[s * R + t] = x
      local x0 = nxt[s * R + t]
      local low = t + 1 < R and least_price[s * R + t + 1] or 1000000000
      if x0 == t and a[s * (H + 1) + t] < low then low = a[s * (H + 1) + t] end
      least_price[s * R + t] = low
    end
  end
end

-- `promise` in SCALEths, less the least that each further stop still costs at its prices.
local top = ffi.new("int32_t[?]", 32)
local function priced_promise(m, count, r, need, t, deadline)
  local size = 0
  for i = 0, count - 1 do
    if band(m, lshift(1, i)) == 0 then
      local at = off[i] + t + near[i]
      if nxt[at] + dur[i] + home[i] <= deadline then
        local value = SCALE * prof[i] - least_price[at]
        if size < r or value > top[size - 1] then
          local k = size < r and size or r - 1
          while k > 0 and top[k - 1] < value do
            top[k] = top[k - 1]
            k = k - 1
          end
          top[k] = value
          if size < r then size = size + 1 end
        end
      end
    end
  end
  local sum = 0
  for k = 0, size - 1 do
    if top[k] <= 0 and k >= need then break end
    sum = sum + top[k]
  end
  return sum
end

-- Keep a label unless another of its state is neither later nor dearer. Returns the count.
local function keep_label(m, i, t, c, v, parent, count)
  local j = m * WIDTH + i
  local p = head[j]
  local before = -1
  while p >= 0 do
    if Lt[p] <= t and Lc[p] <= c then return count end
    local q = Ln[p]
    if Lt[p] >= t and Lc[p] >= c then
      Lt[p] = NEVER
      if before < 0 then head[j] = q else Ln[before] = q end
    else
      before = p
    end
    p = q
  end
  Lm[count], Li[count], Lt[count], Lc[count], Lv[count], Lp[count] = m, i, t, c, v, parent
  Ln[count] = head[j]
  head[j] = count
  return count + 1
end

-- All undominated starts at place i of the profile for a group that arrives at minute t.
local function visit_from(i, m, at, c, v, parent, deadline, way, cnt)
  local s = stop[i]
  local st = at <= H and nxt[off[i] + at] or NEVER
  local worth = v + wi * dur[i] + gain[i] - (ww - wi) * way
  while st < NEVER and st + dur[i] + home[i] <= deadline do
    cnt = keep_label(m, i, st + dur[i], c + price[s * (H + 1) + st], worth, parent, cnt)
    if cnt >= MOST_LABELS - 1 then return cnt end
    st = cheaper[off[i] + st]
  end
  return cnt
end

-- Cost (in SCALEths) and tour of the cheapest complete tour that costs less than `bound`; nil when
-- there is none, -1 when there are too many labels to tell.
priced_tour = function(id, deadline, bound)
  load_profile(id, 0, H)
  local count, total, homeward = p_count[id], p_total[id], ww * p_home[id]
  for i = 0, count - 1 do off[i] = stop[i] * R end
  local best, bl, cnt = bound, -1, 0
  for i = 0, count - 1 do
    local w = walk[n * (n + 1) + stop[i]]
    cnt = visit_from(i, lshift(1, i), w, 0, 0, -1, deadline, w, cnt)
  end
  local from, to = 0, cnt
  for k = 1, most do
    for p = from, to - 1 do
      local t = Lt[p]
      if t < NEVER and cnt < MOST_LABELS - 1 then
        local m, i, c, v = Lm[p], Li[p], Lc[p], Lv[p]
        if k >= least then
          local x = SCALE * (wi * t + ww * home[i] - v + total) + c
          if x < best then best, bl = x, p end
        end
        if k < most then
          local hope = priced_promise(m, count, most - k, least - k, t, deadline)
          if SCALE * (wi * t - v + total + homeward) - hope + c < best then
            local base = stop[i] * (n + 1)
            for q = 0, count - 1 do
              if band(m, lshift(1, q)) == 0 then
                local w = walk[base + stop[q]]
                cnt = visit_from(q, m + lshift(1, q), t + w, c, v, p, deadline, w, cnt)
              end
            end
          end
        end
      end
    end
    from, to = to, cnt
  end
  for p = 0, cnt - 1 do head[Lm[p] * WIDTH + Li[p]] = -1 end
  if cnt >= MOST_LABELS - 1 then return -1 end
  if bl < 0 then return nil end
  local out, len = { best }, 1
  while bl >= 0 do
    out[len + 1], out[len + 2] = stop[Li[bl]], Lt[bl] - dur[Li[bl]]
    bl, len = Lp[bl], len + 2
  end
  return unpack(out)
end

end
