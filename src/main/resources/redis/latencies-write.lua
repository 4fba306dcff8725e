-- Writes what one count of an hour says of some targets. KEYS: its hash, the list of all counts of the source.
-- ARGV: the hour (seconds since 1970), the name of the hash, after how many seconds it and the list expire, the first hour that
-- is kept, and then field, text, field, text…
for i = 6, #ARGV, 2 do
  redis.call('HSET', KEYS[1], ARGV[i], ARGV[i + 1])
end
redis.call('EXPIRE', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], ARGV[1], ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[5])
redis.call('EXPIRE', KEYS[2], ARGV[4])
