-- Whole timetables in and out, and the annealing itself. Run as one chunk after `trade.lua`.

-- Stops, pins, people, staff and returns that are missing.
local function lacks()
  local missing = lack / LACKING + off_duty()
  for k = 0, count - 1 do
    local g = groups[tours[k]]
    missing = missing + math.max(0, least - g.visits) + g.small
    local pins = band(g.must, bnot(g.seen))
    while pins ~= 0 do
      pins, missing = band(pins, pins - 1), missing + 1
    end
  end
  return missing
end

local function total()
  local sum = lack
  for k = 0, count - 1 do sum = sum + groups[tours[k]].cost + groups[tours[k]].price end
  return sum
end

-- The points kept on the way, and the same reckoned afresh from the calendar's groups, for tests.
local function books()
  local sum = 0
  for k = 0, count - 1 do
    local g = groups[tours[k]]
    sum = sum + cost_of(tours[k]) + interpreter * c_helpers[g.tongue] + SMALL_GROUP * g.small
    need(g.tongue, -1)
  end
  for k = 0, count - 1 do need(groups[tours[k]].tongue, 1) end
  return current, sum + lacking(count), spares + count
end

-- Write down the grouping with its tours: tongue, size, blocks …, visits, stop, start … by group.
local function write_down()
  local at = 0
  for k = 0, count - 1 do
    local i = tours[k]
    local g = groups[i]
    best[at], best[at + 1] = g.tongue, g.size
    at = at + 2
    for b = 0, g.size - 1 do best[at + b] = who[i * room + b] end
    at = at + g.size
    best[at] = g.visits
    for v = 0, g.visits - 1 do
      best[at + 1 + 2 * v], best[at + 2 + 2 * v] = g.stop[v], g.start[v]
    end
    at = at + 1 + 2 * g.visits
  end
  best_length = at
end

local function keep_best()
  best_total, best_lacks = current, lacks()
  write_down()
end

-- What was written down last, for Python.
local function best_known() return ffi.string(best, 4 * best_length), best_total, best_lacks end

local function setup_rota(blocks, slots, until_when, latest, short_of)
  deadline, duty_latest, duty_short = until_when, latest, short_of
  best = ffi.new("int32_t[?]", blocks + slots * 51)
  old_tours, away = ffi.new("int32_t[?]", slots), ffi.new("int32_t[?]", slots)
  best_length, count = 0, 0
end

-- Take over a grouping, with tours or without, as `write_down` writes it.
local function take_over(text)
  local a, size, at = ints(text), #text / 4, 0
  clear()
  for k = 0, count - 1 do
    need(groups[tours[k]].tongue, -1)
    give(tours[k])
  end
  count = 0
  while at < size do
    local i = take()
    local g = groups[i]
    local tongue = a[at]
    g.size = a[at + 1]
    at = at + 2
    for b = 0, g.size - 1 do who[i * room + b] = a[at + b] end
    at = at + g.size
    local permitted = form(i)
    assert(permitted, "a group that no rule permits")
    g.tongue, g.price = tongue, interpreter * c_helpers[tongue] + SMALL_GROUP * g.small
    need(tongue, 1)
    g.visits = a[at]
    for v = 0, g.visits - 1 do g.stop[v], g.start[v] = a[at + 1 + 2 * v], a[at + 2 + 2 * v] end
    at = at + 1 + 2 * g.visits
    book_all(i, 1)
    note(i, cost_of(i))
    tours[count], count = i, count + 1
  end
  lack = lacking(count)
  current = total()
  keep_best()
end

-- Give every group without a tour its best one, in the order of `tours`.
local function fill()
  for k = 0, count - 1 do
    if groups[tours[k]].visits == 0 then insert(tours[k], NOTHING, NOTHING) end
  end
  current = total()
  keep_best()
end

-- So many steps of annealing at the temperature `warm`, each with so many trades looked at; at the
-- first complete timetable it ends where that is asked. Whether a better timetable was found.
local function anneal(steps, trades, warm, until_complete)
  local better = false
  for _ = 1, steps do
    current = current + step(warm * exponential())
    if count > 1 then
      for _ = 1, trades do current = current + trade(warm * exponential()) end
    end
    if current < best_total or best_lacks > 0 and current < best_total + 2 * LACKING then
      local missing = lacks()
      if missing < best_lacks or missing == best_lacks and current < best_total then
        keep_best()
        better = true
        if until_complete and missing == 0 then break end
      end
    end
  end
  return better
end

-- -- grouping

local function price_all()
  local sum = lack
  for k = 0, count - 1 do
    reckon(tours[k])
    sum = sum + groups[tours[k]].solo + groups[tours[k]].price
  end
  return sum
end

-- Let crowded stops cost more; `text` packs a price by stop.
local function set_stop_prices(text)
  local a = ints(text)
  for s = 0, n - 1 do stop_price[s] = a[s] end
  current = price_all()
  best_total = NOTHING
end

-- How many groups want each stop, for Python.
local function wanted()
  local load = {}
  for s = 0, n - 1 do
    load[s + 1] = 0
    for k = 0, count - 1 do
      if band(groups[tours[k]].targets, lshift(1, s)) ~= 0 then load[s + 1] = load[s + 1] + 1 end
    end
  end
  return unpack(load)
end

-- Two groups at random exchange guests, or one is parted: how many are gone and made.
local function propose_any()
  local a, x = below(count), random()
  gone[0] = tours[a]
  if x < 0.03 or count == 1 then return 1, part(tours[a]) end
  local b = below(count - 1)
  if b >= a then b = b + 1 end
  a, b = tours[a], tours[b]
  gone[1] = b
  if x < 0.08 then return 2, join(a, b) end
  local over, back = 1, math.min(1, groups[b].size)
  if x >= 0.8 then over = math.min(2, groups[a].size) end
  if x < 0.45 then back = 0 end
  return 2, swap(a, b, over, back)
end

-- So many exchanges of guests, judged by what groups cost alone with stops at their prices. The
-- cheapest grouping is written down where `late` is true.
local function sort_guests(moves, warm, late)
  for _ = 1, moves do
    local left, fresh = propose_any()
    if fresh > 0 then
      speak_instead(left, fresh)
      local change = 0
      for k = 0, left - 1 do
        change = change - groups[gone[k]].solo - groups[gone[k]].price
      end
      for k = 0, fresh - 1 do
        change = change + groups[made[k]].solo + groups[made[k]].price
      end
      local may = warm * exponential()
      local after = change - lack <= may and lacking_then(left, fresh) or lack + NOTHING
      change = change + after - lack
      if change <= 0 or change <= may then
        replace(left, fresh)
        for k = 0, left - 1 do give(gone[k]) end
        current, lack = current + change, after
        if late and current < best_total then
          best_total = current
          write_down()
        end
      else
        speak_again(left, fresh)
        for k = 0, fresh - 1 do give(made[k]) end
      end
    end
  end
  if current < best_total then
    best_total = current
    write_down()
  end
end

return { table = function(...) return { ... } end, setup_groups = setup_groups, setup_rota = setup_rota, take_over = take_over, fill = fill,
  anneal = anneal, best_known = best_known, set_stop_prices = set_stop_prices, wanted = wanted, books = books,
  sort_guests = sort_guests }

end)()

return { setup = setup, book = book, clear = clear, open_stop = open_stop, profile = profile,
  tour = tour, solo_table = solo_table, solo = solo, set_prices = set_prices,
  priced_tour = priced_tour, search = search }
