-- Guests who change groups while every tour stays as it is: a cheap look between the dear steps.
-- Run as one chunk after `rota.lua`.
local BOTH = 0.5 -- part of the trades in which a guest comes back

-- Points that a block saves by the stops of the mask `seen`.
local function worth(b, seen)
  local sum = 0
  for w = wish_from[b], wish_from[b + 1] - 1 do
    if band(seen, lshift(1, wish_stop[w])) ~= 0 then sum = sum + wish_gain[w] end
  end
  return sum
end

-- Points of the interpreters group i needs no more when the block at place k leaves.
local function relieved(i, k)
  local at = i * room + k
  if relief[at] < 0 then
    local g, langs, own = groups[i], 0, c_helpers[groups[i].option[0]]
    stamp = stamp + 1
    for q = i * room, i * room + g.size - 1 do
      if q ~= at then
        for x = tongue_from[who[q]], tongue_from[who[q] + 1] - 1 do
          local l = tongue_of[x]
          if heard_at[l] ~= stamp then
            heard_at[l], heard[langs] = stamp, l
            langs = langs + 1
          end
        end
      end
    end
    local x = 0
    while own > 0 and c_helpers[x] < own and not covers(x, langs) do x = x + 1 end
    relief[at] = interpreter * (own - math.min(own, c_helpers[x]))
  end
  return relief[at]
end

local function fixed_guest(b)
  return pin_from[b + 1] > pin_from[b] or b_last[b] >= 0
end

-- Two groups after the block at place p of a went to b, and that at place q of b (-1: none) to a,
-- in `made`; false when they may not see what their tours show.
local function traded(a, b, p, q)
  if groups[b].size + 1 > room then return false end
  local i, j = take(), take()
  copy_blocks(a, i)
  copy_blocks(b, j)
  local over = who[i * room + p]
  if q >= 0 then
    who[i * room + p], who[j * room + q] = who[j * room + q], over
  else
    groups[i].size, groups[j].size = groups[i].size - 1, groups[j].size + 1
    who[i * room + p] = who[i * room + groups[i].size]
    who[j * room + groups[j].size - 1] = over
  end
  if form(i) and form(j) and band(groups[a].seen, bnot(groups[i].allowed)) == 0
    and band(groups[b].seen, bnot(groups[j].allowed)) == 0 then
    made[0], made[1] = i, j
    return true
  end
  give(i)
  give(j)
  return false
end

local function copy_tour(from, to)
  local a, b = groups[from], groups[to]
  b.visits = a.visits
  for k = 0, a.visits - 1 do b.stop[k], b.start[k] = a.stop[k], a.start[k] end
  note(to, cost_of(to))
end

-- Let the two made groups walk the tours of the two gone ones, when that costs at most `slack`.
local function regroup(slack)
  local a, b, i, j = gone[0], gone[1], made[0], made[1]
  speak_instead(2, 2)
  copy_tour(a, i)
  copy_tour(b, j)
  local change = groups[i].cost + groups[j].cost + groups[i].price + groups[j].price
    - groups[a].cost - groups[b].cost - groups[a].price - groups[b].price
  local after = change <= slack and lacking_then(2, 2) or lack
  change = change + after - lack
  if change <= slack then
    for k = 0, count - 1 do
      if tours[k] == a then tours[k] = i elseif tours[k] == b then tours[k] = j end
    end
    if off_duty() == 0 then
      lack = after
      give(a)
      give(b)
      return change
    end
    for k = 0, count - 1 do
      if tours[k] == i then tours[k] = a elseif tours[k] == j then tours[k] = b end
    end
  end
  speak_again(2, 2)
  give(i)
  give(j)
  return 0
end

-- Look once for guests who could change groups while tours stay, when that costs at most `slack`;
-- while staff are lacking, any change may mend that. The change.
local function trade(slack)
  local a, b = below(count), below(count - 1)
  if b >= a then b = b + 1 end
  a, b = tours[a], tours[b]
  local p, q = below(groups[a].size), -1
  local over = who[a * room + p]
  local more = groups[b].people + b_people[over]
  local change = worth(over, groups[a].seen) - worth(over, groups[b].seen)
  if random() < BOTH then
    q = below(groups[b].size)
    local back = who[b * room + q]
    change = change + worth(back, groups[b].seen) - worth(back, groups[a].seen)
    more = more - b_people[back]
    if fixed_guest(back) then return 0 end
  elseif groups[a].size == 1 then
    return 0
  end
  if more > people_most or fixed_guest(over) then return 0 end
  if change > slack then
    local less = relieved(a, p) + lack
    if q >= 0 then less = less + relieved(b, q) end
    if change - less > slack then return 0 end
  end
  gone[0], gone[1] = a, b
  if not traded(a, b, p, q) then return 0 end
  return regroup(slack)
end
