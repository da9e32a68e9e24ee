-- The timetable under annealing: some groups are taken out, perhaps exchange guests, and are put
-- back exactly, one after the other. Run as one chunk after `groups.lua`. A step that grows the cost by more than it may is undone.
local NOTHING = 1000000000
local current, lack, lack_then, best_total, best_lacks, best_length = 0, 0, 0, 0, 0, 0
local best, deadline, duty_latest, duty_short
local gone = ffi.new("int32_t[2]") -- slots of the groups that an exchange would end
local old_tours, away

local FAR, GRAINS = 999, 64
local SIZES = ffi.new("int32_t[7]", 1, 2, 2, 2, 3, 3, 4) -- groups taken out, each as likely
local NEAR = 0.6          -- part of the steps in which they meet at a stop
local TRIES = 3           -- exchanges proposed until one looks well
local SWAP_HEAT = 60      -- points an exchange may seem to cost, on average
local CROWDED = 0.6       -- part of the crowd's cost expected of those still out
local EXCHANGE, EXCHANGE_LACKING = 0.6, 0.3 -- part of the steps with an exchange
local chosen, before = ffi.new("int32_t[8]"), ffi.new("int32_t[8]")
local old_visits, old_cost = ffi.new("int32_t[8]"), ffi.new("int32_t[8]")
local old_stop, old_start = ffi.new("int32_t[192]"), ffi.new("int32_t[192]")

-- -- one group

-- Points of a group's tour as it is written down.
local function cost_of(i)
  local g = groups[i]
  local place, free, walked, shown, cost = n, 0, 0, 0, g.total
  for k = 0, g.visits - 1 do
    local s = g.stop[k]
    walked, shown = walked + walk[place * (n + 1) + s], shown + visit[s]
    place, free, cost = s, g.start[k] + visit[s], cost - g.gain[s]
  end
  local back = walk[place * (n + 1) + n]
  walked = walked + back
  local missing = g.visits < least and penalty * (least - g.visits) or 0
  return cost + wi * (free + back - shown - walked) + ww * walked + missing
end

-- Note what is written down for the group.
local function note(i, cost)
  local g = groups[i]
  g.cost, g.seen = cost, 0
  for s = 0, n - 1 do g.at[s] = FAR end
  for k = 0, g.visits - 1 do
    g.seen = bor(g.seen, lshift(1, g.stop[k]))
    g.at[g.stop[k]] = g.start[k]
  end
  g.weight = math.max(1, cost - math.floor(g.solo / 2))
end

local function book_all(i, sign)
  local g = groups[i]
  for k = 0, g.visits - 1 do book_one(g.stop[k], g.start[k], sign) end
end

local function lift(i)
  book_all(i, -1)
  groups[i].visits = 0
end

-- Earliest and latest start at the headline stop that precedence leaves the group.
local function reception(i)
  local own, lo, hi = groups[i], 0, H
  for k = 0, count - 1 do
    local g = groups[tours[k]]
    if tours[k] ~= i and g.last >= 0 and g.visits > 0 and g.at[headline] < FAR then
      local start = g.at[headline]
      if g.first < own.last and start > lo then lo = start end
      if own.first < g.last and start < hi then hi = start end
    end
  end
  return lo, hi
end

-- The minute the group is back.
local function back_at(i)
  local g = groups[i]
  if g.visits == 0 then return 0 end
  local s = g.stop[g.visits - 1]
  return g.start[g.visits - 1] + visit[s] + walk[s * (n + 1) + n]
end

-- Languages and returns of all groups but one, for Python: tongue, minute, tongue, minute …
local function abroad(but)
  local found, size = {}, 0
  for k = 0, count - 1 do
    if tours[k] ~= but then
      found[size + 1], found[size + 2] = groups[tours[k]].tongue, back_at(tours[k])
      size = size + 2
    end
  end
  return unpack(found)
end

local function off_duty() return duty_short and duty_short(abroad(-1)) or 0 end

-- Give the group its best tour in the free places, if one costs less than `bound`.
local function insert(i, bound, guess)
  local g = groups[i]
  local lo, hi, latest = 0, H, deadline
  if g.entered == 0 then
    remember(i, g.allowed, g.gain, g.lo, g.hi)
    g.entered = 1
  end
  if g.last >= 0 and headline >= 0 then lo, hi = reception(i) end
  if duty_latest then latest = duty_latest(g.tongue, abroad(i)) end
  local cost = seek(i, lo, hi, n, 0, 0, latest, bound, guess)
  if cost == nil then return false end
  g.visits = way_length
  for k = 0, way_length - 1 do g.stop[k], g.start[k] = way_stop[k], way_start[k] end
  book_all(i, 1)
  note(i, cost)
  return true
end

-- -- several groups

-- A costly group and some that meet it, or some at random: how many, in `chosen`.
local function choose()
  local sum = 0
  for k = 0, count - 1 do sum = sum + groups[tours[k]].weight end
  local point, first = below(sum), count - 1
  for k = 0, count - 1 do
    point = point - groups[tours[k]].weight
    if point < 0 then
      first = k
      break
    end
  end
  local size = math.min(count, SIZES[below(7)])
  local a = groups[tours[first]]
  local close = random() < NEAR and a.visits > 0
  local stop_met, start_met = 0, 0
  if close then
    local k = below(a.visits)
    stop_met, start_met = a.stop[k], a.start[k]
  end
  chosen[0] = tours[first]
  for k = 0, count - 1 do
    local apart_by = close and math.abs(groups[tours[k]].at[stop_met] - start_met) or 0
    away[k] = k == first and FAR * FAR or GRAINS * apart_by + below(20 * GRAINS)
  end
  for x = 1, size - 1 do
    local nearest = 0
    for k = 1, count - 1 do if away[k] < away[nearest] then nearest = k end end
    chosen[x], away[nearest] = tours[nearest], FAR * FAR
  end
  return size
end

-- Count the languages of `size` made groups instead of those of the `left` gone ones.
local function speak_instead(left, size)
  for k = 0, left - 1 do need(groups[gone[k]].tongue, -1) end
  for k = 0, size - 1 do speak(made[k]) end
end

local function speak_again(left, size)
  for k = 0, size - 1 do need(groups[made[k]].tongue, -1) end
  for k = 0, left - 1 do need(groups[gone[k]].tongue, 1) end
end

-- What is lacking once the made groups stand for the gone ones.
local function lacking_then(left, size)
  if left == 2 and size == 2 then
    local a, b = groups[gone[0]].tongue, groups[gone[1]].tongue
    local c, d = groups[made[0]].tongue, groups[made[1]].tongue
    if a == c and b == d or a == d and b == c then return lack end
  end
  return lacking(count - left + size)
end

-- Some exchange between the chosen groups: how many are gone and made, as a start.
local function propose(size)
  local a, x = chosen[0], random()
  gone[0] = a
  if size == 1 or x < 0.03 then
    if count >= escorts then return 0, 0 end
    return 1, part(a)
  end
  local b = chosen[1 + below(size - 1)]
  if random() < 0.5 then a, b = b, a end
  gone[0], gone[1] = a, b
  if x < 0.08 then return 2, join(a, b) end
  local over, back = 1, math.min(1, groups[b].size)
  if x >= 0.8 then over = math.min(2, groups[a].size) end
  if x < 0.4 then back = 0 end
  return 2, swap(a, b, over, back)
end

-- Guests exchanged between two of the chosen: groups gone, groups made, and what that costs besides
-- the tours (`lack_then` of it for staff); none when nothing looks well.
local function exchange(size)
  for _ = 1, TRIES do
    local left, fresh = propose(size)
    if fresh > 0 then
      speak_instead(left, fresh)
      local alone, fixed = 0, 0
      for k = 0, left - 1 do
        alone, fixed = alone - groups[gone[k]].solo, fixed - groups[gone[k]].price
      end
      for k = 0, fresh - 1 do
        alone, fixed = alone + groups[made[k]].solo, fixed + groups[made[k]].price
      end
      local may = SWAP_HEAT * exponential()
      if alone + fixed <= may or best_lacks > 0 then
        lack_then = lacking_then(left, fresh)
        fixed = fixed + lack_then - lack
        if alone + fixed <= may then return left, fresh, fixed end
      end
      speak_again(left, fresh)
      for k = 0, fresh - 1 do give(made[k]) end
    end
  end
  return 0, 0, 0
end

-- Put the chosen groups back one after the other; false as soon as `may` cannot be kept, or is
-- unlikely to be: those still out are counted with the cost they would have alone and a part of
-- what the crowd has cost them so far.
local function refill(size, may)
  local rest, spent = 0, 0
  for k = 0, size - 1 do rest = rest + groups[chosen[k]].solo end
  local crowd = math.max(0, CROWDED * (may - rest) / size)
  for k = 0, size - 1 do
    local g = groups[chosen[k]]
    rest = rest - g.solo
    local later = rest + math.floor(crowd * (size - 1 - k))
    local guess = g.cost ~= 0 and g.cost or g.solo + math.floor(crowd)
    if not insert(chosen[k], may - spent - later + 1, guess + 1) then return false end
    spent = spent + g.cost
  end
  return true
end

local function keep_aside(size)
  for k = 0, size - 1 do
    local g = groups[chosen[k]]
    before[k], old_visits[k], old_cost[k] = chosen[k], g.visits, g.cost
    for v = 0, g.visits - 1 do
      old_stop[24 * k + v], old_start[24 * k + v] = g.stop[v], g.start[v]
    end
  end
end

-- Put back what `keep_aside` kept.
local function put_back(size)
  for k = 0, size - 1 do
    local g = groups[before[k]]
    g.visits = old_visits[k]
    for v = 0, g.visits - 1 do
      g.stop[v], g.start[v] = old_stop[24 * k + v], old_start[24 * k + v]
    end
    book_all(before[k], 1)
    note(before[k], old_cost[k])
  end
end

-- Let the made groups stand where the gone ones stood, in `tours`.
local function replace(left, fresh)
  local size = 0
  for k = 0, count - 1 do
    old_tours[k] = tours[k]
    if tours[k] ~= gone[0] and (left < 2 or tours[k] ~= gone[1]) then
      tours[size], size = tours[k], size + 1
    end
  end
  for k = 0, fresh - 1 do tours[size + k] = made[k] end
  count = size + fresh
end

-- The chosen groups after the exchange: how many.
local function choose_made(size, left, fresh)
  local kept = 0
  for k = 0, size - 1 do
    if chosen[k] ~= gone[0] and (left < 2 or chosen[k] ~= gone[1]) then
      chosen[kept], kept = chosen[k], kept + 1
    end
  end
  for k = 0, fresh - 1 do
    chosen[kept + k] = made[k]
    groups[made[k]].cost = 0
  end
  return kept + fresh
end

-- Take some groups out, perhaps exchange guests, put them back; kept when the cost grows by at most
-- `slack`. The change.
local function step(slack)
  local size = choose()
  local left, fresh, fixed = 0, 0, 0
  if random() < (best_lacks > 0 and EXCHANGE_LACKING or EXCHANGE) then
    left, fresh, fixed = exchange(size)
  end
  keep_aside(size)
  local old, taken, former, lacked = 0, size, count, lack
  for k = 0, size - 1 do
    old = old + groups[chosen[k]].cost
    lift(chosen[k])
  end
  if left > 0 then
    lack = lack_then
    replace(left, fresh)
    size = choose_made(size, left, fresh)
  end
  for k = size - 1, 1, -1 do
    local j = below(k + 1)
    chosen[k], chosen[j] = chosen[j], chosen[k]
  end
  if refill(size, old - fixed + math.floor(slack)) and off_duty() == 0 then
    for k = 0, left - 1 do give(gone[k]) end
    local new = 0
    for k = 0, size - 1 do new = new + groups[chosen[k]].cost end
    return new - old + fixed
  end
  for k = 0, size - 1 do lift(chosen[k]) end
  if left > 0 then
    for k = 0, former - 1 do tours[k] = old_tours[k] end
    count, lack = former, lacked
    speak_again(left, fresh)
    for k = 0, fresh - 1 do give(made[k]) end
  end
  put_back(taken)
  return 0
end
