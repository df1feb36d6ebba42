-- Decides on one request by all of its policies, and takes its cost of all of them or of none.
--
-- KEYS: one a policy. ARGV: cost, "1" to count or "0" to look, then five a policy: kind, limit,
-- capacity, window and grain, times in microseconds. Returns three integers a policy: remaining,
-- microseconds until all is there again, microseconds to wait (0 none, -1 never admitted).

local clock = redis.call('TIME')
local server = clock[1] * 1000000 + clock[2]
local cost = tonumber(ARGV[1])
local counts = ARGV[2] == '1'

-- log: a list of the times of the requests in the window, oldest first

local function look_log(one)
  one.now, one.count, one.wait = server, 0, 0
  local last = tonumber(redis.call('LINDEX', one.key, -1) or nil)
  local cutoff = server - one.window
  local oldest
  if last and last > cutoff then
    if last > server then -- the clock was set back: time stands still until it has caught up
      one.now, cutoff = last, last - one.window
    end
    oldest = tonumber(redis.call('LINDEX', one.key, 0))
    local chunk = 2
    while oldest <= cutoff do
      local gone = 1
      local heads = redis.call('LRANGE', one.key, 1, chunk - 1)
      while gone <= #heads and tonumber(heads[gone]) <= cutoff do gone = gone + 1 end
      redis.call('LTRIM', one.key, gone, -1)
      oldest = tonumber(heads[gone] or redis.call('LINDEX', one.key, 0))
      chunk = 64
    end
    one.count, one.last = redis.call('LLEN', one.key), last
  elseif last then
    redis.call('DEL', one.key)
  end
  local missing = cost - (one.limit - one.count)
  if missing > 0 then
    one.wait = -1
    if cost <= one.limit then
      local blocking = missing == 1 and oldest or redis.call('LINDEX', one.key, missing - 1)
      one.wait = tonumber(blocking) + one.window - one.now
    end
  end
end

local function take_log(one)
  local now = string.format('%.0f', one.now)
  if cost == 1 then
    redis.call('RPUSH', one.key, now)
  else
    local times = {}
    for i = 1, cost do times[i] = now end
    redis.call('RPUSH', one.key, unpack(times))
  end
  redis.call('PEXPIRE', one.key, one.milliseconds)
  one.count, one.last = one.count + cost, one.now
end

local function state_log(one)
  local reset = one.last and one.last + one.window - one.now or 0
  return one.limit - one.count, reset
end

-- ring: a string of the last slot, the last slot counted in, the total, and the count of 61
-- slots, each a sixtieth of the window wide; slot n is at n % 61

local FORMAT = '<ddI4' .. string.rep('I4', 61)

local function look_ring(one)
  one.slot, one.wait = math.floor(server / one.grain), 0
  one.now = server
  local stored = redis.call('GET', one.key)
  if stored then
    one.ring = {struct.unpack(FORMAT, stored)}
    local last, ring = one.ring[1], one.ring
    if last > one.slot then -- the clock was set back
      one.slot, one.now = last, last * one.grain
    end
    for passed = math.max(last + 1, one.slot - 60), one.slot do
      local i = passed % 61 + 4
      ring[3], ring[i] = ring[3] - ring[i], 0
    end
    ring[1] = one.slot
  else
    one.ring = {one.slot, one.slot, 0}
    for i = 4, 64 do one.ring[i] = 0 end
  end
  local missing = cost - (one.limit - one.ring[3])
  if missing > 0 then
    one.wait = -1
    if cost <= one.limit then
      local oldest = one.slot - 61
      repeat
        oldest = oldest + 1
        missing = missing - one.ring[oldest % 61 + 4]
      until missing <= 0
      one.wait = (oldest + 61) * one.grain - one.now
    end
  end
end

local function take_ring(one)
  local ring, i = one.ring, one.slot % 61 + 4
  ring[2], ring[3], ring[i] = one.slot, ring[3] + cost, ring[i] + cost
  local expiry = math.ceil(61 * one.grain / 1000)
  redis.call('SET', one.key, struct.pack(FORMAT, unpack(ring, 1, 64)), 'PX', expiry)
end

local function state_ring(one)
  local ring = one.ring
  local reset = ring[3] > 0 and (ring[2] + 61) * one.grain - one.now or 0
  return one.limit - ring[3], reset
end

-- smooth: the time at which all that was admitted would have arrived at the limit's rate

local function look_smooth(one)
  one.wait = -1
  one.arrival = math.max(server, tonumber(redis.call('GET', one.key) or server))
  if cost <= one.capacity then
    one.wait = math.max(0, one.arrival - server - (one.capacity - cost) * one.grain)
  end
end

local function take_smooth(one)
  one.arrival = one.arrival + cost * one.grain
  local expiry = math.ceil((one.arrival - server) / 1000)
  redis.call('SET', one.key, string.format('%.3f', one.arrival), 'PX', expiry)
end

local function state_smooth(one)
  local spent = one.arrival - server
  return one.capacity - math.ceil(spent / one.grain), spent
end

local look = {log = look_log, ring = look_ring, smooth = look_smooth}
local take = {log = take_log, ring = take_ring, smooth = take_smooth}
local state = {log = state_log, ring = state_ring, smooth = state_smooth}

local policies = {}
for i = 1, #KEYS do
  local at = 5 * i - 2
  local one = {
    key = KEYS[i], kind = ARGV[at], limit = tonumber(ARGV[at + 1]),
    capacity = tonumber(ARGV[at + 2]), window = tonumber(ARGV[at + 3]), grain = tonumber(ARGV[at + 4])
  }
  one.milliseconds = math.ceil(one.window / 1000)
  look[one.kind](one)
  counts = counts and one.wait == 0
  policies[i] = one
end

local answer = {}
for i = 1, #KEYS do
  local one = policies[i]
  if counts then take[one.kind](one) end
  local remaining, reset = state[one.kind](one)
  answer[3 * i - 2], answer[3 * i - 1], answer[3 * i] = remaining, reset, math.ceil(one.wait)
end
return answer
