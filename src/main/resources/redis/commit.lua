-- Commits one change of one source, or writes nothing: docs/adr/0005-redis-layout.md tells the layout.
-- Answers the stamp of the newest word; nothing when the source or a word has moved on.
local words, sources, outbox, head, targets, versions, retired = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5], KEYS[6], KEYS[7]
local transitions = KEYS[8]

local at = 0
local function take()
  at = at + 1
  return ARGV[at]
end

-- A key made by somebody else would end the script half way; nothing below fails once these are what they should be.
local function demand(key, kind)
  local found = redis.call('TYPE', key).ok
  return found == kind or found == 'none'
end
if not (demand(words, 'string') and demand(sources, 'set') and demand(outbox, 'stream') and demand(head, 'hash')
    and demand(targets, 'hash') and demand(versions, 'zset') and demand(retired, 'hash') and demand(transitions, 'stream')) then
  return redis.error_reply('ERR a key under heartbeat: holds the wrong kind of value; who else writes there?')
end

local stamp = redis.call('HGET', head, 'stamp') or ''
local word = redis.call('GET', words) or ''
if take() ~= stamp or take() ~= word then
  return false
end

-- The keys of the reader. First what is set, then what goes: a name is never without a key.
local call = redis.call
for _ = 1, tonumber(take()) do
  local value, keys = take(), tonumber(take())
  for i = at + 1, at + keys do
    call('SET', ARGV[i], value)
  end
  at = at + keys
end
-- Shared with another source, which may have moved the instant on: the text of instants sorts by time.
for _ = 1, tonumber(take()) do
  local key, value = take(), take()
  local found = redis.pcall('GET', key)
  if type(found) ~= 'string' or #found ~= #value or found < value then
    redis.call('SET', key, value)
  end
end
for _ = 1, tonumber(take()) do
  redis.call('DEL', take())
end

local next = take()
if next == '' then
  return word
end
local source, version, state, length = take(), take(), take(), take()
for _ = 1, tonumber(take()) do
  local field = take()
  redis.call('HSET', targets, field, take())
  redis.call('ZADD', versions, version, field)
end
for _ = 1, tonumber(take()) do
  local field = take()
  redis.call('HDEL', targets, field)
  redis.call('ZADD', versions, version, field)
end
-- Of what follows from the rest (the minutes of hours that are closed, or of a target that is no more) no trace need stay.
for _ = 1, tonumber(take()) do
  local field = take()
  redis.call('HDEL', targets, field)
  redis.call('ZREM', versions, field)
end
for _ = 1, tonumber(take()) do
  local field = take()
  redis.call('HSET', retired, field, take())
end
if take() == 'word' then
  word = next
  redis.call('SET', words, word)
end
-- Who holds one of these stamps can be told what has changed since; who holds another (Redis lost its newest seconds) can not.
local before = stamp .. ' ' .. (redis.call('HGET', head, 'before') or '')
if #before > 1000 then
  before = string.match(string.sub(before, 1, 1000), '^(.*) ')
end
redis.call('SADD', sources, source)
redis.call('HSET', head, 'stamp', next, 'version', version, 'before', before, 'state', state)
-- Each entry names the one before it, so that a reader can tell whether something that it had not read yet was dropped.
local newest = redis.call('XREVRANGE', outbox, '+', '-', 'COUNT', 1)[1]
local previous = newest and newest[1] or '0-0'
local count = tonumber(take())
for i = 1, count do
  local transition = take()
  local id = redis.call('XADD', outbox, 'MAXLEN', '~', length, '*', 'transition', transition, 'previous', previous)
  previous = id
  if count - i < 1000 then
    local kept = redis.pcall('XADD', transitions, 'MAXLEN', '=', 1000, id, 'transition', transition)
    -- Greater ids than the outbox gives: it was deleted and the clock set back, or one of the two restored alone.
    if type(kept) ~= 'string' then
      redis.call('DEL', transitions)
      redis.call('XADD', transitions, id, 'transition', transition)
    end
  end
end
return word
