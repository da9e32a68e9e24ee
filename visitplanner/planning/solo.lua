-- Run as one chunk after `kernel.lua`.
-- Costs of stop sets for a group alone on the campus. The sets are shelved by their lower stops
-- (the first `low` of all); a shelf and its sets stand with the cheapest first, so that most need
-- not be looked at.
local solo_table, cheapest, add_upmost
local upmost = ffi.new("int32_t[33]")
do

local low, shelves = 0, 0
local h_mask, h_from, h_size, s_mask, s_cost
local lower, upper = ffi.new("int32_t[4096]"), ffi.new("int32_t[4096]")

-- Masks and costs, cheapest first.
solo_table = function(masks, costs)
  local m, c, count = ints(masks), ints(costs), #masks / 4
  low, shelves = math.floor(n / 2), 0
  local size, place, order = {}, {}, {}
  local mask = lshift(1, low) - 1
  for i = 0, count - 1 do
    local h = band(m[i], mask)
    if not size[h] then
      size[h], order[shelves + 1], shelves = 0, h, shelves + 1
    end
    size[h] = size[h] + 1
  end
  h_mask, h_size = ffi.new("int32_t[?]", shelves + 1), ffi.new("int32_t[?]", shelves + 1)
  h_from = ffi.new("int32_t[?]", shelves + 1)
  s_mask, s_cost = ffi.new("int32_t[?]", count + 1), ffi.new("int32_t[?]", count + 1)
  for k = 1, shelves do
    local h, x = order[k], h
    h_mask[k - 1], h_size[k - 1] = h, 0
    x = h
    while x ~= 0 do
      x = band(x, x - 1)
      h_size[k - 1] = h_size[k - 1] + 1
    end
    h_from[k], place[h] = h_from[k - 1] + size[h], h_from[k - 1]
  end
  for i = 0, count - 1 do
    local h = band(m[i], mask)
    s_mask[place[h]], s_cost[place[h]] = rshift(m[i], low), c[i]
    place[h] = place[h] + 1
  end
end

-- What each set of the stops from `first` on saves, by its mask.
local function add_up(part, gains, first, count)
  part[0] = 0
  for q = 0, count - 1 do
    local g, size = gains[first + q], lshift(1, q)
    for x = 0, size - 1 do part[size + x] = part[x] + g end
  end
end

-- The most that r of the upper stops save, for every r.
add_upmost = function(gains, allowed)
  local count = 0
  for s = low, n - 1 do
    local g = gains[s]
    if g > 0 and band(allowed, lshift(1, s)) ~= 0 then
      local k = count
      while k > 0 and upmost[k] < g do
        upmost[k + 1] = upmost[k]
        k = k - 1
      end
      upmost[k + 1], count = g, count + 1
    end
  end
  upmost[0] = 0
  for r = 1, n do upmost[r] = upmost[r - 1] + (r <= count and upmost[r] or 0) end
end

-- Cost and mask of the cheapest set within `allowed` when seeing stop s saves gains[s].
cheapest = function(allowed, gains)
  add_up(lower, gains, 0, low)
  add_up(upper, gains, low, n - low)
  add_upmost(gains, allowed)
  local best, found, no = 2000000000, 0, bnot(allowed)
  local above = rshift(no, low)
  for k = 0, shelves - 1 do
    local h, from = h_mask[k], h_from[k]
    if band(h, no) == 0 then
      local saved = lower[h]
      local limit = best + saved + upmost[most - h_size[k]]
      for i = from, h_from[k + 1] - 1 do
        local c, m = s_cost[i], s_mask[i]
        if c >= limit then break end
        if band(m, above) == 0 then
          c = c - saved - upper[m]
          if c < best then
            best, found = c, bor(h, lshift(m, low))
            limit = best + saved + upmost[most - h_size[k]]
          end
        end
      end
    end
  end
  return best, found
end

end

-- `cheapest` for Python.
local function solo(allowed, text) return cheapest(allowed, ints(text)) end
