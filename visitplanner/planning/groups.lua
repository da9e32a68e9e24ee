-- Groups under change: who walks together, in which languages, what they gain by each stop, and
-- what they would cost alone on the campus. Run as one chunk after `kernel.lua`.
-- It is a function of its own, begun here and ended by `rota_run.lua`, because one function has only
-- so many local names. A group lives in a slot; `tours` lists the slots that make up the grouping as it stands, and
-- `demand` counts the interpreters it needs by language.
local search = (function()

local SMALL_GROUP, LACKING = 800, 1200
local OPTIONS, TONGUE = 8, 4 -- choices of working languages kept; most languages of one choice
local NOBODY = 9999
ffi.cdef [[
typedef struct {
  int32_t size, people, allowed, total, first, last, small, must, price;
  int32_t tongue, options, option[8];
  int32_t solo, targets, entered;
  int32_t gain[24], lo[24], hi[24];
  int32_t visits, cost, seen, weight, stop[24], start[24], at[24];
} visitplanner_group;
]]
local groups, who, room, relief
local spare, spares, tours, count = nil, 0, nil, 0
local b_people, b_allowed, b_total, b_first, b_last
local wish_from, wish_stop, wish_gain, tongue_from, tongue_of
local apart_from, apart_of, pin_from, pin_stop, pin_start
local choices, spoken, c_helpers, c_tongue, c_wanted, c_covers
local sets, set_before, set_wanted, set_there, set_sum
local demand, escorts, interpreter, people_least, people_most, people_at, pinned_gain
local marked, heard_at, heard, stamp = nil, nil, nil, 0
local stop_price, priced, every, tabled
local random = math.random

-- Take over blocks of guests, choices of working languages, staff and rules, each packed.
local function setup_groups(seed, numbers, blocks, lists, languages, staff, rooms)
  math.randomseed(seed)
  local a = ints(numbers)
  local slots, block_count = a[0], a[1]
  room, escorts, interpreter, people_least, people_most = a[2], a[3], a[4], a[5], a[6]
  pinned_gain, choices, spoken, sets, every, tabled = a[7], a[8], a[9], a[10], a[11], a[12] ~= 0
  groups = ffi.new("visitplanner_group[?]", slots)
  who, relief = ffi.new("int32_t[?]", slots * room), ffi.new("int32_t[?]", slots * room)
  spare, tours = ffi.new("int32_t[?]", slots), ffi.new("int32_t[?]", slots)
  spares, count = slots, 0
  for k = 0, slots - 1 do spare[k] = slots - 1 - k end
  b_people, b_allowed, b_total, b_first, b_last = ints(blocks[1]), ints(blocks[2]),
    ints(blocks[3]), ints(blocks[4]), ints(blocks[5])
  wish_from, wish_stop, wish_gain = ints(lists[1]), ints(lists[2]), ints(lists[3])
  tongue_from, tongue_of, apart_from = ints(lists[4]), ints(lists[5]), ints(lists[6])
  apart_of, pin_from, pin_stop, pin_start = ints(lists[7]), ints(lists[8]), ints(lists[9]),
    ints(lists[10])
  c_helpers, c_tongue, c_wanted, c_covers = ints(languages[1]), ints(languages[2]),
    ints(languages[3]), ints(languages[4])
  set_before, set_wanted, set_there = ints(staff[1]), ints(staff[2]), ints(staff[3])
  people_at = ints(rooms)
  set_sum, demand = ffi.new("int32_t[?]", sets + 1), ffi.new("int32_t[?]", a[13] + 1)
  marked, stamp = ffi.new("int32_t[?]", block_count + 1), 0
  heard_at, heard = ffi.new("int32_t[?]", spoken + 1), ffi.new("int32_t[?]", spoken + 1)
  stop_price, priced = ffi.new("int32_t[24]"), ffi.new("int32_t[24]")
end

local function take()
  spares = spares - 1
  return spare[spares]
end

local function give(i)
  spare[spares] = i
  spares = spares + 1
end

-- No sum of a product with fractions is taken anywhere in the search: machines that multiply and add
-- at once would round it otherwise, and the same seed must give the same plan on all of them.

-- An exponential variate of mean 1 by comparisons alone (von Neumann 1951).
local function exponential()
  local whole = 0
  while true do
    local first = random()
    local last, falls = first, 0
    while true do
      local following = random()
      if following > last then break end
      last, falls = following, falls + 1
    end
    if falls % 2 == 0 then return whole + first end
    whole = whole + 1
  end
end

local function below(x) return math.floor(random() * x) end

-- -- what a group is

-- Guests, wishes and stops of the blocks written down in slot i; how many languages were heard.
local function add_guests(i)
  local g, base = groups[i], i * room
  local people, allowed, total, first, last, langs, pins = 0, every, 0, NOBODY, -1, 0, 0
  stamp = stamp + 1
  for s = 0, n - 1 do g.gain[s] = 0 end
  for k = base, base + g.size - 1 do
    local b = who[k]
    people, total = people + b_people[b], total + b_total[b]
    allowed = band(allowed, b_allowed[b])
    marked[b], relief[k] = stamp, -1
    for w = wish_from[b], wish_from[b + 1] - 1 do
      local s = wish_stop[w]
      g.gain[s] = g.gain[s] + wish_gain[w]
    end
    for x = tongue_from[b], tongue_from[b + 1] - 1 do
      local l = tongue_of[x]
      if heard_at[l] ~= stamp then
        heard_at[l], heard[langs] = stamp, l
        langs = langs + 1
      end
    end
    if b_first[b] < first then first = b_first[b] end
    if b_last[b] > last then last = b_last[b] end
    pins = pins + pin_from[b + 1] - pin_from[b]
  end
  g.people, g.allowed, g.total, g.first, g.last, g.must = people, allowed, total, first, last, pins
  return langs
end

-- Whether two of the group must be apart; `marked` holds the stamp of its blocks.
local function at_odds(i)
  local base = i * room
  for k = base, base + groups[i].size - 1 do
    local b = who[k]
    for x = apart_from[b], apart_from[b + 1] - 1 do
      if marked[apart_of[x]] == stamp then return true end
    end
  end
  return false
end

-- Write down the pinned stops of the group; false when they contradict one another.
local function pin(i)
  local g, base = groups[i], i * room
  g.must = 0
  for k = base, base + g.size - 1 do
    local b = who[k]
    for x = pin_from[b], pin_from[b + 1] - 1 do
      local s, t = pin_stop[x], pin_start[x]
      local bits = lshift(1, s)
      if band(g.allowed, bits) == 0 then return false end
      if band(g.must, bits) == 0 then
        g.must = bor(g.must, bits)
        g.gain[s], g.total = g.gain[s] + pinned_gain, g.total + pinned_gain
      end
      if t >= 0 then
        if g.lo[s] == g.hi[s] and g.lo[s] ~= t then return false end
        g.lo[s], g.hi[s] = t, t
      end
    end
  end
  return true
end

-- Whether choice x of working languages has all languages of choice y.
local function includes(x, y)
  for p = y * TONGUE, y * TONGUE + TONGUE - 1 do
    local l, found = c_tongue[p], c_tongue[p] < 0
    for q = x * TONGUE, x * TONGUE + TONGUE - 1 do found = found or c_tongue[q] == l end
    if not found then return false end
  end
  return true
end

local function covers(x, langs)
  local row = x * spoken
  for k = 0, langs - 1 do
    if c_covers[row + heard[k]] == 0 then return false end
  end
  return true
end

-- The choices of working languages with the fewest interpreters that all `heard` guests follow.
local function understand(i, langs)
  local g = groups[i]
  g.options = 0
  for x = 0, choices - 1 do
    if g.options == OPTIONS then break end
    if g.options > 0 and c_helpers[x] > c_helpers[g.option[0]] then break end
    if covers(x, langs) then
      local wider = false
      for k = 0, g.options - 1 do wider = wider or includes(x, g.option[k]) end
      if not wider then
        g.option[g.options] = x
        g.options = g.options + 1
      end
    end
  end
  return g.options > 0
end

-- The cost of the group's cheapest tour alone, stops at their prices, and the stops of that tour.
local function reckon(i)
  local g = groups[i]
  for s = 0, n - 1 do priced[s] = g.gain[s] - stop_price[s] end
  if tabled then
    local cost, mask = cheapest(g.allowed, priced)
    g.solo, g.targets = cost + g.total, mask
  else
    add_upmost(g.gain, every)
    g.solo, g.targets = math.max(0, g.total - upmost[most]), 0
  end
end

-- Work out what the blocks written down in slot i would be; false when no rule permits the group.
local function form(i)
  local g = groups[i]
  local langs = add_guests(i)
  if g.people > people_most or at_odds(i) then return false end
  for s = 0, n - 1 do
    g.lo[s], g.hi[s] = 0, H
    if g.people > people_at[s] then g.allowed = band(g.allowed, bnot(lshift(1, s))) end
  end
  if g.must > 0 and not pin(i) or not understand(i, langs) then return false end
  g.small, g.entered, g.visits = math.max(0, people_least - g.people), 0, 0
  reckon(i)
  return true
end

-- -- languages and staff

local function need(x, sign)
  for k = x * TONGUE, x * TONGUE + TONGUE - 1 do
    local w = c_wanted[k]
    if w >= 0 then demand[w] = demand[w] + sign end
  end
end

-- Interpreters missing: the largest deficiency of any set of languages (König).
local function short()
  local worst = 0
  for k = 1, sets do
    local sum = set_sum[set_before[k]] + demand[set_wanted[k]]
    set_sum[k] = sum
    if sum - set_there[k] > worst then worst = sum - set_there[k] end
  end
  return worst
end

-- Points for interpreters and escorts who are not there, for `size` groups and the `demand`.
local function lacking(size)
  return LACKING * (short() + math.max(0, size - escorts))
end

-- Give the group the working languages that leave fewest interpreters short, and count them.
local function speak(i)
  local g = groups[i]
  local best, chosen = 2000000000, g.option[0]
  if g.options > 1 then
    for k = 0, g.options - 1 do
      need(g.option[k], 1)
      local lack = short()
      need(g.option[k], -1)
      if lack < best then best, chosen = lack, g.option[k] end
    end
  end
  g.tongue = chosen
  g.price = interpreter * c_helpers[chosen] + SMALL_GROUP * g.small
  need(chosen, 1)
end

local made = ffi.new("int32_t[2]") -- slots of the groups that an exchange would make

-- -- exchanges

-- Move a random block of slot i to the end of slot j.
local function hand_over(i, j)
  local a, b = groups[i], groups[j]
  local k = i * room + below(a.size)
  who[j * room + b.size] = who[k]
  b.size, a.size = b.size + 1, a.size - 1
  who[k] = who[i * room + a.size]
end

local function copy_blocks(from, to)
  groups[to].size = groups[from].size
  for k = 0, groups[from].size - 1 do who[to * room + k] = who[from * room + k] end
end

-- Form the groups of slots i and j, of which one may be empty (-1); how many there are, written to
-- `made`. None when no rule permits them: then both slots are given back.
local function formed(i, j)
  local left = 0
  if i >= 0 and (groups[i].size == 0 or form(i)) and (j < 0 or groups[j].size == 0 or form(j)) then
    if groups[i].size > 0 then made[0], left = i, 1 else give(i) end
    if j >= 0 and groups[j].size > 0 then
      made[left], left = j, left + 1
    elseif j >= 0 then
      give(j)
    end
    return left
  end
  give(i)
  if j >= 0 then give(j) end
  return 0
end

-- A block of group a walks by itself: how many groups this makes, in `made`.
local function part(a)
  if groups[a].size < 2 or spares < 4 then return 0 end
  local i, j = take(), take()
  copy_blocks(a, i)
  groups[j].size = 0
  hand_over(i, j)
  return formed(i, j)
end

-- Groups a and b walk as one.
local function join(a, b)
  if groups[a].size + groups[b].size > room then return 0 end
  local i = take()
  copy_blocks(a, i)
  for k = 0, groups[b].size - 1 do
    who[i * room + groups[i].size] = who[b * room + k]
    groups[i].size = groups[i].size + 1
  end
  return formed(i, -1)
end

-- `over` random blocks of a change to b, then `back` of those that were in b to a.
local function swap(a, b, over, back)
  local theirs = groups[b].size
  if theirs + over > room or groups[a].size + back > room then return 0 end
  local i, j = take(), take()
  copy_blocks(a, i)
  copy_blocks(b, j)
  for _ = 1, over do hand_over(i, j) end
  for _ = 1, back do
    -- The newcomers stand at the end, where the last of them fills the gap.
    local k = j * room + below(theirs)
    who[i * room + groups[i].size] = who[k]
    groups[i].size = groups[i].size + 1
    theirs = theirs - 1
    who[k] = who[j * room + theirs]
    groups[j].size = groups[j].size - 1
    who[j * room + theirs] = who[j * room + groups[j].size]
  end
  return formed(i, j)
end
