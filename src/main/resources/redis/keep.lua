-- Keeps position and notes (fields and values; what is not named is dropped) of a place and holds it for so many milliseconds
-- more; zero gives it back. Answers 1; 0, and keeps nothing, when the place is another holder's by now.
local place, holder, lease = KEYS[1], ARGV[1], tonumber(ARGV[2])
if redis.call('HGET', place, 'holder') ~= holder then
  return 0
end
redis.call('HDEL', place, 'position', 'notes')
for i = 3, #ARGV, 2 do
  redis.call('HSET', place, ARGV[i], ARGV[i + 1])
end
if lease == 0 then
  redis.call('HDEL', place, 'holder', 'until')
else
  local time = redis.call('TIME')
  redis.call('HSET', place, 'until', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) + lease))
end
return 1
