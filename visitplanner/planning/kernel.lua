-- The two inner loops of the tour planner, compiled by LuaJIT. `plain_kernel.py` is the same
-- algorithm in Python, line for line; a test keeps their answers equal.
-- All numbers are whole minutes or whole score points. Stops count from 0, the hall is stop n.
local ffi = require "ffi"
local bit = require "bit"
local band, bor, bnot, lshift, rshift = bit.band, bit.bor, bit.bnot, bit.lshift, bit.rshift
require "jit.opt".start("maxmcode=8192", "maxtrace=4000", "maxrecord=8000", "maxside=400",
  "hotloop=20", "hotexit=5")

local NEVER = 30000      -- later than any minute of a day
local WIDTH = 16         -- most stops one search looks at (the most profitable ones)
local PROFILES = 2048
local FURTHER, GROWTH = 16, 3 -- points by which a guess is raised, and how that grows

local n, H, R, OL, least, most, wi, ww, penalty, headline
local walk, visit, reset, places, speaker, open
local occ, spoken, dirty_lo, dirty_hi, nxt
local T, V, P, SM, SI
local held = 0
local p_count, p_stop, p_gain, p_profit, p_near, p_lo, p_hi, p_total, p_home
local off, dur, home, gain, prof, stop, near = {}, {}, {}, {}, {}, {}, {}

local function ints(text)
  local a = ffi.new("int32_t[?]", #text / 4)
  ffi.copy(a, text, #text)
  return a
end

local function setup(n_, H_, least_, most_, wi_, ww_, penalty_, headline_, speakers,
                     walk_, visit_, reset_, places_, speaker_, open_)
  collectgarbage() -- the tables of the campus before: their size does not count as memory used
  n, H, least, most, wi, ww = n_, H_, least_, most_, wi_, ww_
  penalty, headline = penalty_, headline_
  walk, visit, reset = ints(walk_), ints(visit_), ints(reset_)
  places, speaker, open = ints(places_), ints(speaker_), ints(open_)
  local far, long = 0, 0
  for i = 0, (n + 1) * (n + 1) - 1 do if walk[i] > far then far = walk[i] end end
  for s = 0, n - 1 do if visit[s] + reset[s] > long then long = visit[s] + reset[s] end end
  R, OL = H + far + 2, H + long + 2
  occ = ffi.new("int32_t[?]", n * OL)
  spoken = ffi.new("int32_t[?]", (speakers + 1) * OL)
  dirty_lo, dirty_hi = ffi.new("int32_t[?]", n), ffi.new("int32_t[?]", n)
  nxt = ffi.new("int32_t[?]", (n + WIDTH) * R)
  for j = 0, n * R - 1 do nxt[j] = NEVER end
  local width = n < WIDTH and n or WIDTH
  local states = lshift(1, width) * WIDTH
  if states ~= held then
    T, V = ffi.new("int32_t[?]", states), ffi.new("int32_t[?]", states)
    P = ffi.new("int8_t[?]", states)
    SM, SI = ffi.new("int32_t[?]", states), ffi.new("int32_t[?]", states)
    for j = 0, states - 1 do T[j] = NEVER end
    held = states
  end
  p_count, p_total, p_home = ffi.new("int32_t[?]", PROFILES), ffi.new("int32_t[?]", PROFILES),
    ffi.new("int32_t[?]", PROFILES)
  p_stop, p_gain = ffi.new("int32_t[?]", PROFILES * WIDTH), ffi.new("int32_t[?]", PROFILES * WIDTH)
  p_profit = ffi.new("int32_t[?]", PROFILES * WIDTH)
  p_near = ffi.new("int32_t[?]", PROFILES * WIDTH)
  p_lo, p_hi = ffi.new("int32_t[?]", PROFILES * WIDTH), ffi.new("int32_t[?]", PROFILES * WIDTH)
  off, dur, home = ffi.new("int32_t[?]", WIDTH), ffi.new("int32_t[?]", WIDTH),
    ffi.new("int32_t[?]", WIDTH)
  gain, prof, stop = ffi.new("int32_t[?]", WIDTH), ffi.new("int32_t[?]", WIDTH),
    ffi.new("int32_t[?]", WIDTH)
  near = ffi.new("int32_t[?]", WIDTH)
  for s = 0, n - 1 do dirty_lo[s], dirty_hi[s] = 0, H end
end

-- Next minute at or after t when stop s takes one more group, for every t: worked out for the
-- starts that bookings touched, and below them as far as the answer changes.
local function refresh(s)
  local lo, hi, row, from = dirty_lo[s], dirty_hi[s], s * OL, s * R
  local v, hold, k, full = visit[s], visit[s] + reset[s], speaker[s], places[s]
  local busy, quiet = OL + H, OL + H
  for x = math.min(hi + hold, OL - 1), hi + 1, -1 do if occ[row + x] >= full then busy = x end end
  if k >= 0 then
    for x = math.min(hi + v, OL - 1), hi + 1, -1 do
      if spoken[k * OL + x] > 0 then quiet = x end
    end
  end
  local later = nxt[from + hi + 1]
  for t = hi, lo, -1 do
    if occ[row + t] >= full then busy = t end
    if k >= 0 and spoken[k * OL + t] > 0 then quiet = t end
    if open[s * (H + 1) + t] ~= 0 and busy >= t + hold and quiet >= t + v then later = t end
    nxt[from + t] = later
  end
  for t = lo - 1, 0, -1 do
    if nxt[from + t] == t or nxt[from + t] == later then break end
    nxt[from + t] = later
  end
  dirty_lo[s], dirty_hi[s] = H + 1, -1
end

-- Starts from lo to hi at stop s may have become possible or impossible.
local function touch(s, lo, hi)
  if lo < dirty_lo[s] then dirty_lo[s] = lo > 0 and lo or 0 end
  if hi > dirty_hi[s] then dirty_hi[s] = hi < H and hi or H end
end

local function book_one(s, t, sign)
  local row, hold = s * OL, visit[s] + reset[s]
  for x = t, math.min(t + hold, OL) - 1 do occ[row + x] = occ[row + x] + sign end
  touch(s, t - hold + 1, t + hold - 1)
  local k = speaker[s]
  if k >= 0 then
    for x = t, math.min(t + visit[s], OL) - 1 do
      spoken[k * OL + x] = spoken[k * OL + x] + sign
    end
    for q = 0, n - 1 do
      if speaker[q] == k then touch(q, t - visit[q] + 1, t + visit[s] - 1) end
    end
  end
end

-- Book (sign 1) or free (sign -1) visits: stop, start, stop, start …
local function book(sign, ...)
  local visits = { ... }
  for k = 1, #visits, 2 do book_one(visits[k], visits[k + 1], sign) end
end

local function clear()
  ffi.fill(occ, n * OL * 4)
  local top = 0
  for s = 0, n - 1 do if speaker[s] >= top then top = speaker[s] + 1 end end
  ffi.fill(spoken, (top + 1) * OL * 4)
  for s = 0, n - 1 do dirty_lo[s], dirty_hi[s] = 0, H end
end

local function open_stop(s, text)
  local a = ints(text)
  for t = 0, H do open[s * (H + 1) + t] = a[t] end
  dirty_lo[s], dirty_hi[s] = 0, H
end

-- Remember what a group may see and gains, and its earliest and latest starts by stop.
local function remember(id, allowed, gains, from, to)
  local base, count, total = id * WIDTH, 0, 0
  p_home[id] = 9999
  for s = 0, n - 1 do
    total = total + gains[s]
    if band(allowed, lshift(1, s)) ~= 0 then
      local way = walk[n * (n + 1) + s]
      for q = 0, n - 1 do
        if q ~= s and band(allowed, lshift(1, q)) ~= 0 and walk[q * (n + 1) + s] < way then
          way = walk[q * (n + 1) + s]
        end
      end
      local value, i = gains[s] - ww * way, count
      while i > 0 and p_profit[base + i - 1] < value do i = i - 1 end
      if i < WIDTH then
        if count < WIDTH then count = count + 1 end
        for k = count - 1, i + 1, -1 do
          p_stop[base + k], p_gain[base + k] = p_stop[base + k - 1], p_gain[base + k - 1]
          p_profit[base + k], p_near[base + k] = p_profit[base + k - 1], p_near[base + k - 1]
          p_lo[base + k], p_hi[base + k] = p_lo[base + k - 1], p_hi[base + k - 1]
        end
        p_stop[base + i], p_gain[base + i], p_profit[base + i] = s, gains[s], value
        p_near[base + i] = way
        p_lo[base + i], p_hi[base + i] = from[s], to[s]
      end
      if walk[s * (n + 1) + n] < p_home[id] then p_home[id] = walk[s * (n + 1) + n] end
    end
  end
  p_count[id], p_total[id] = count, total
end

-- The same with a text that packs gain, earliest and latest start by stop.
local function profile(id, allowed, text)
  local a = ints(text)
  remember(id, allowed, a, a + n, a + 2 * n)
end

-- A copy of a stop's row in which starts lie between lo and hi.
local function bounded(i, s, lo, hi)
  local from, to = s * R, (n + i) * R
  for t = 0, R - 1 do
    local v = nxt[from + (t > lo and t or lo)]
    nxt[to + t] = v <= hi and v or NEVER
  end
  return to
end

local function load_profile(id, lo, hi)
  local base = id * WIDTH
  for i = 0, p_count[id] - 1 do
    local s = p_stop[base + i]
    if dirty_hi[s] >= 0 then refresh(s) end
    stop[i], gain[i], prof[i] = s, p_gain[base + i], p_profit[base + i]
    near[i] = p_near[base + i]
    dur[i], home[i] = visit[s], walk[s * (n + 1) + n]
    local a, b = p_lo[base + i], p_hi[base + i]
    if s == headline then
      if lo > a then a = lo end
      if hi < b then b = hi end
    end
    off[i] = (a <= 0 and b >= H) and s * R or bounded(i, s, a, b)
  end
end

local seek, way_stop, way_start, way_length
do

-- Best the rest of a tour could still save from minute t on: the r most profitable unseen stops
-- that still take a group.
local function promise(m, count, r, need, t, deadline)
  local sum, i = 0, 0
  while r > 0 and i < count do
    if band(m, lshift(1, i)) == 0 then
      local q = prof[i]
      if q <= 0 and need <= 0 then break end
      if nxt[off[i] + t + near[i]] + dur[i] + home[i] <= deadline then
        sum, r, need = sum + q, r - 1, need - 1
      end
    end
    i = i + 1
  end
  return sum
end

local function extend(count, m, i0, t, v, k, cnt, deadline)
  local wl = stop[i0] * (n + 1)
  for i = 0, count - 1 do
    local b = lshift(1, i)
    if band(m, b) == 0 then
      local w = walk[wl + stop[i]]
      local f = nxt[off[i] + t + w] + dur[i]
      if f + home[i] <= deadline then
        local j = (m + b) * WIDTH + i
        local o = T[j]
        if f < o then
          T[j], P[j], V[j] = f, i0, v + wi * dur[i] + gain[i] - (ww - wi) * w
          if o == NEVER then SM[cnt], SI[cnt] = m + b, i; cnt = cnt + 1 end
        end
      end
    end
  end
  return cnt
end

local function first_steps(count, loc, t0, deadline)
  local cnt = 0
  for i = 0, count - 1 do
    local w = walk[loc * (n + 1) + stop[i]]
    local at = t0 + w
    local f = (at <= H and nxt[off[i] + at] or NEVER) + dur[i]
    if f + home[i] <= deadline then
      local j = lshift(1, i) * WIDTH + i
      T[j], P[j], V[j] = f, -1, wi * dur[i] + gain[i] - (ww - wi) * w
      SM[cnt], SI[cnt] = lshift(1, i), i
      cnt = cnt + 1
    end
  end
  return cnt
end

-- One pass of `tour`: the cheapest cost below `bound`, its last state (-1: straight home, -2: none)
-- and how many states to forget.
local function pass(id, loc, t0, k0, deadline, bound)
  local count, total, homeward = p_count[id], p_total[id], ww * p_home[id]
  local best, bj = bound, -2
  local back = walk[loc * (n + 1) + n]
  local c = wi * t0 + ww * back + total + (k0 < least and penalty * (least - k0) or 0)
  if c < best and t0 + back <= deadline then best, bj = c, -1 end
  local cnt = k0 < most and first_steps(count, loc, t0, deadline) or 0
  local from, to = 0, cnt
  for k = k0 + 1, most do
    local miss = k < least and penalty * (least - k) or 0
    for p = from, to - 1 do
      local m, i = SM[p], SI[p]
      local j = m * WIDTH + i
      local t, v = T[j], V[j]
      c = wi * t + ww * home[i] - v + total + miss
      if c < best then best, bj = c, j end
      if k < most and wi * t - v + total + homeward - promise(m, count, most - k, least - k, t, deadline) < best
      then cnt = extend(count, m, i, t, v, k, cnt, deadline) end
    end
    from, to = to, cnt
  end
  return best, bj, cnt
end

local function forget(cnt)
  for p = 0, cnt - 1 do T[SM[p] * WIDTH + SI[p]] = NEVER end
end

-- The cheapest tour below `bound` for a group free at place `loc` from minute `t0` on, having seen
-- `k0` stops: exact over (set of stops, last stop), earliest arrival dominating (waiting is
-- allowed, so it never hurts to be early). It is sought below `guess` first, which leaves far fewer
-- states to look at, then ever further above. Returns its cost and writes `way_stop`, `way_start`
-- and `way_length`; or nil.
way_stop, way_start, way_length = ffi.new("int32_t[32]"), ffi.new("int32_t[32]"), 0
seek = function(id, lo, hi, loc, t0, k0, deadline, bound, guess)
  load_profile(id, lo, hi)
  local limit, more = guess < bound and guess or bound, FURTHER
  local best, j, cnt = pass(id, loc, t0, k0, deadline, limit)
  while j == -2 and limit < bound do
    forget(cnt)
    limit, more = limit + more, more * GROWTH
    if limit > bound then limit = bound end
    best, j, cnt = pass(id, loc, t0, k0, deadline, limit)
  end
  way_length = 0
  if j == -2 then
    forget(cnt)
    return nil
  end
  local at = j
  while at >= 0 do
    way_length = way_length + 1
    local i = at % WIDTH
    local p = P[at]
    at = p < 0 and -1 or ((at - i) / WIDTH - lshift(1, i)) * WIDTH + p
  end
  for k = way_length - 1, 0, -1 do
    local i = j % WIDTH
    way_stop[k], way_start[k] = stop[i], T[j] - dur[i]
    j = ((j - i) / WIDTH - lshift(1, i)) * WIDTH + P[j]
  end
  forget(cnt)
  return best
end

end

-- `seek` for Python: cost, then stop, start, stop, start …; or nil.
local function tour(id, lo, hi, loc, t0, k0, deadline, bound, guess)
  local best = seek(id, lo, hi, loc, t0, k0, deadline, bound, guess)
  if best == nil then return nil end
  local out = { best }
  for k = 0, way_length - 1 do
    out[2 * k + 2], out[2 * k + 3] = way_stop[k], way_start[k]
  end
  return unpack(out)
end
