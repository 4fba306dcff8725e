-- What all counts say of one target, by hour: hour, text, hour, text… KEYS: the list of all counts of the source.
-- ARGV: the first hour that is asked for, the target's field.
local said = {}
local counts = redis.call('ZRANGEBYSCORE', KEYS[1], ARGV[1], '+inf', 'WITHSCORES')
for i = 1, #counts, 2 do
  local text = redis.call('HGET', counts[i], ARGV[2])
  if text then
    said[#said + 1] = counts[i + 1]
    said[#said + 1] = text
  end
end
return said
