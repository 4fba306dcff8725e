-- Gives the place of a reader to that holder for so many milliseconds, and answers its position and notes; nothing while held.
local place, holder, lease = KEYS[1], ARGV[1], tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', place, 'until', 'position', 'notes')
if (tonumber(held[1] or 0) or 0) > now then
  return false
end
redis.call('HSET', place, 'holder', holder, 'until', string.format('%.0f', now + lease))
return { held[2], held[3] }
