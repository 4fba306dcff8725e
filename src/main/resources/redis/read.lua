-- Answers what has moved since the caller read: the newest word's stamp, whether there is more, all sources, and of each
-- one that moved {name, stamp, version, head, whether its fields are all there are, {field, value, ...}}.
local limit = tonumber(ARGV[1])
local held = {}
for i = 2, #ARGV, 3 do
  held[ARGV[i]] = { stamp = ARGV[i + 1], version = ARGV[i + 2] }
end

local moved, more = {}, 0
local names = redis.call('SMEMBERS', KEYS[2])
for _, name in ipairs(names) do
  local prefix = KEYS[3] .. name
  local now = redis.call('HMGET', prefix .. ':head', 'stamp', 'version', 'before', 'state')
  local mine = held[name]
  if now[1] and not (mine and mine.stamp == now[1]) then
    if limit <= 0 then
      more = 1
    else
      local delta = mine and string.find(' ' .. now[3] .. ' ', ' ' .. mine.stamp .. ' ', 1, true)
      local fields = delta and redis.call('ZRANGEBYSCORE', prefix .. ':versions', '(' .. mine.version, '+inf')
        or redis.call('HKEYS', prefix .. ':targets')
      local values = {}
      for _, field in ipairs(fields) do
        values[#values + 1] = field
        values[#values + 1] = redis.call('HGET', prefix .. ':targets', field)
      end
      limit = limit - #fields - 1
      moved[#moved + 1] = { name, now[1], now[2], now[4], delta and 0 or 1, values }
    end
  end
end
return { redis.call('GET', KEYS[1]) or '', more, names, moved }
