/**
 * All keys of a partition share one hash slot, so each of these is one atomic step, in a cluster too.
 * meta: token, next (R), clock, control (what was applied of the control log), and the tally as t:<name>. state: account
 * -> blob. outbox: batches by their end offset. due: accounts by due instant. forgotten: hashes of accounts.
 */
const REFUSE = `
local function refuse(why) return redis.error_reply('OWNERSHIP ' .. why) end
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return refuse('token') end
`;

const EXPECT_NEXT = `if redis.call('HGET', KEYS[1], 'next') ~= ARGV[2] then return refuse('offset') end`;

/** KEYS meta outbox forgotten; ARGV token. */
export const TAKE_OVER = `
redis.call('HSET', KEYS[1], 'token', ARGV[1])
return { redis.call('HGETALL', KEYS[1]), redis.call('ZRANGE', KEYS[2], 0, -1), redis.call('SMEMBERS', KEYS[3]) }
`;

/** KEYS meta; ARGV token, next. */
export const BEGIN = `${REFUSE}
if redis.call('HSETNX', KEYS[1], 'next', ARGV[2]) == 0 then return refuse('offset') end
return 'OK'
`;

/** KEYS meta outbox; ARGV token, next, confirmed. */
export const PROBE = `${REFUSE}${EXPECT_NEXT}
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[3])
return 'OK'
`;

/** KEYS meta state; ARGV token, next, accounts. */
export const LOAD = `${REFUSE}${EXPECT_NEXT}
local found = {}
for first = 3, #ARGV, 5000 do
  local part = redis.call('HMGET', KEYS[2], unpack(ARGV, first, math.min(first + 4999, #ARGV)))
  for i = 1, #part do found[#found + 1] = part[i] end
end
return found
`;

/**
 * KEYS meta state outbox due forgotten; ARGV token, from, to, clock, confirmed, outbox, packed states, control, then
 * three counted lists: due (account, instant or ''), forgotten (account, hash), tally (name, by). Nothing is written before everything is checked.
 */
export const COMMIT = `${REFUSE}${EXPECT_NEXT}
local packed, place, fields, count = ARGV[7], 1, {}, 0
while place <= #packed do
  fields[count + 1], fields[count + 2], place = struct.unpack('<I4c0I4c0', packed, place)
  count = count + 2
  if count == 4000 or place > #packed then
    redis.call('HSET', KEYS[2], unpack(fields, 1, count))
    count = 0
  end
end
local at = 9
local function list()
  local count = tonumber(ARGV[at])
  local first = at + 1
  at = first + 2 * count
  return first, at - 1
end
local first, last = list()
for i = first, last, 2 do
  if ARGV[i + 1] == '' then redis.call('ZREM', KEYS[4], ARGV[i])
  else redis.call('ZADD', KEYS[4], ARGV[i + 1], ARGV[i]) end
end
first, last = list()
for i = first, last, 2 do
  redis.call('HDEL', KEYS[2], ARGV[i])
  redis.call('SADD', KEYS[5], ARGV[i + 1])
end
first, last = list()
for i = first, last, 2 do redis.call('HINCRBY', KEYS[1], 't:' .. ARGV[i], ARGV[i + 1]) end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', ARGV[5])
if ARGV[6] ~= '' then redis.call('ZADD', KEYS[3], ARGV[3], ARGV[6]) end
redis.call('HSET', KEYS[1], 'next', ARGV[3], 'clock', ARGV[4], 'control', ARGV[8])
return 'OK'
`;

/**
 * KEYS meta state outbox due forgotten, of the partition and then of what replaces it; ARGV counts for the tally (name, by). What
 * replaces it may be nothing: then the partition is folded again from its log. No token is left, so whoever owned the
 * partition has to take it again.
 */
export const REPLACE = `
for i = 1, 5 do
  redis.call('DEL', KEYS[i])
  if redis.call('EXISTS', KEYS[i + 5]) == 1 then redis.call('RENAME', KEYS[i + 5], KEYS[i]) end
end
redis.call('HDEL', KEYS[1], 'token')
for i = 1, #ARGV, 2 do redis.call('HINCRBY', KEYS[1], 't:' .. ARGV[i], ARGV[i + 1]) end
return 'OK'
`;
