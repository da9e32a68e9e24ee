-- What is ahead of one group under prices, in LuaJIT: the same dynamic programme as in `ways.py`.
-- Costs are in SCALEths of a point. A state is a set of stops seen and the last of them; `wait`
-- holds the least cost to the end of the day of beginning that last visit at a minute or later.
local ffi = require "ffi"
local bit = require "bit"
local band, bor, lshift = bit.band, bit.bor, bit.lshift

local NEVER = 5e8
local MOST_STOPS, MOST_MINUTES = 24, 4096
local groups = {}
local wait, first, size = nil, nil, 0
local after = ffi.new("double[?]", MOST_MINUTES)
local paid = ffi.new("int32_t[?]", MOST_STOPS * MOST_MINUTES)
local lo, hi = ffi.new("int32_t[?]", MOST_STOPS), ffi.new("int32_t[?]", MOST_STOPS)

local function ints(text)
  local a = ffi.new("int32_t[?]", #text / 4)
  ffi.copy(a, text, #text)
  return a
end

-- A group with `count` stops in reach; minutes count from 0 to width - 1. `walk` leads from stop to
-- stop, `arrive` is the first minute at each, `out` the cost of the way there, `home` the cost of
-- having ended at a stop at a minute, `stay` of seeing none.
local function group(id, count, width, most, stay, step, walk, visit, arrive, out, home)
  local layers, masks, kept = {}, {}, {}
  for k = 1, most do layers[k] = {} end
  for m = 1, lshift(1, count) - 1 do
    local k, x = 0, m
    while x > 0 do x = band(x, x - 1); k = k + 1 end
    if k <= most then layers[k][#layers[k] + 1] = m end
  end
  for k = 1, most do
    for x = 1, #layers[k] do masks[#masks + 1], kept[#kept + 1] = layers[k][x], k end
  end
  local order, layer = ffi.new("int32_t[?]", #masks), ffi.new("int32_t[?]", #masks)
  for x = 1, #masks do order[x - 1], layer[x - 1] = masks[x], kept[x] end
  groups[id] = { count = count, width = width, most = most, stay = stay, step = step,
    walk = ints(walk), visit = ints(visit), arrive = ints(arrive), out = ints(out),
    home = ints(home), lack = ffi.new("double[?]", most + 1), order = order, layer = layer, masks = #masks }
  local states = lshift(1, count) * count
  if states * (width + 1) > size then
    size = states * (width + 1)
    wait, first = ffi.new("double[?]", size), ffi.new("int32_t[?]", size)
  end
end

-- The first and last minute at which each stop can be begun at all, then the first minute at which
-- a group can be there in each state: NEVER where it cannot begin.
local function reach(g)
  local count, width, walk, visit = g.count, g.width, g.walk, g.visit
  for i = 0, count - 1 do
    local a, b, row = 0, width - 1, i * width
    while a < width and paid[row + a] >= NEVER do a = a + 1 end
    while b >= a and paid[row + b] >= NEVER do b = b - 1 end
    lo[i], hi[i] = a, b
  end
  for x = 0, g.masks - 1 do
    local o = g.order[x] * count
    for i = 0, count - 1 do first[o + i] = NEVER end
  end
  for i = 0, count - 1 do
    if g.arrive[i] <= hi[i] then first[lshift(1, i) * count + i] = g.arrive[i] end
  end
  for x = 0, g.masks - 1 do
    local m = g.order[x]
    for i = 0, g.layer[x] < g.most and count - 1 or -1 do
      local at = first[m * count + i]
      if at < NEVER then
        local free = (at > lo[i] and at or lo[i]) + visit[i]
        for j = 0, count - 1 do
          if band(m, lshift(1, j)) == 0 then
            local t, s = free + walk[i * count + j], bor(m, lshift(1, j)) * count + j
            if t <= hi[j] and t < first[s] then first[s] = t end
          end
        end
      end
    end
  end
end

-- One state: what begins at each minute, and from it the least from there on.
local function settle(g, m, i, k, from)
  local count, width, visit, last = g.count, g.width, g.visit[i], hi[i]
  local o, home, lack, row = (m * count + i) * (width + 1), i * width, g.lack[k], i * width
  local since = from > lo[i] and from or lo[i]
  if last + visit > width - 1 then last = width - 1 - visit end
  for t = since + visit, last + visit do after[t] = g.home[home + t] + lack end
  if k < g.most then
    for j = 0, count - 1 do
      local s = bor(m, lshift(1, j)) * count + j
      if band(m, lshift(1, j)) == 0 and first[s] < NEVER then
        local w = g.walk[i * count + j]
        local p, cost, stop = s * (width + 1) + w, g.step * w, hi[j] - w
        if stop > last + visit then stop = last + visit end
        for t = since + visit, stop do
          after[t] = math.min(after[t], wait[p + t] + cost)
        end
      end
    end
  end
  local least = NEVER
  for t = last + 1, width do wait[o + t] = NEVER end
  for t = last, since, -1 do
    least = math.min(least, after[t + visit] + paid[row + t])
    wait[o + t] = least
  end
  for t = since - 1, from, -1 do wait[o + t] = least end
end

-- The way that begins at the least cost from a stop on (-1: none has begun): its next stop and the
-- minute it is reached, -1 where it ends.
local function onward(g, m, last, minute, k)
  local count, width = g.count, g.width
  local least = k == 0 and g.stay + g.lack[0] or g.home[last * width + minute] + g.lack[k]
  local stop, at = -1, 0
  for j = 0, k < g.most and count - 1 or -1 do
    local s = bor(m, lshift(1, j)) * count + j
    if band(m, lshift(1, j)) == 0 and first[s] < NEVER then
      local t = k == 0 and g.arrive[j] or minute + g.walk[last * count + j]
      if t <= hi[j] then
        local c = wait[s * (width + 1) + t]
        c = c + (k == 0 and g.out[j] or g.step * g.walk[last * count + j])
        if c < least then least, stop, at = c, j, t end
      end
    end
  end
  return least, stop, at
end

-- The cheapest way under `text` (cost of each start by stop and minute, NEVER where there is none) when
-- so many visits cost so much more: its cost, then positions of stops and minutes.
local function cheapest(id, text, ...)
  local g = groups[id]
  local count, width = g.count, g.width
  ffi.copy(paid, text, #text)
  local lack = { ... }
  for k = 0, g.most do g.lack[k] = lack[k + 1] end
  reach(g)
  for x = g.masks - 1, 0, -1 do
    local m = g.order[x]
    for i = 0, count - 1 do
      local from = first[m * count + i]
      if from < NEVER then settle(g, m, i, g.layer[x], from) end
    end
  end
  local best, stop, at = onward(g, 0, -1, 0, 0)
  local out, len, m, k = {}, 1, 0, 0
  while stop >= 0 do
    m, k = bor(m, lshift(1, stop)), k + 1
    local o = (m * count + stop) * (width + 1)
    while wait[o + at + 1] == wait[o + at] do at = at + 1 end
    out[len], out[len + 1], len = stop, at, len + 2
    local _, next_, t = onward(g, m, stop, at + g.visit[stop], k)
    stop, at = next_, t
  end
  return best, unpack(out)
end

return { group = group, cheapest = cheapest }
