// Time for an event as the number of accounts grows, and what an account weighs in Redis.
import { feedEvents } from '../feed-events.mjs';
import { connectRedis, prefixOf, setUp, storedSum, throughService } from './service.mjs';

const MEASURED = 200_000;
const ACTIONS = 80;
const WEIGHED = 2_000;
/** Sent behind the rest, so that what is kept until it is confirmed is as little as it is in a trickle. */
const TRICKLE = 400;

/** Microseconds for an event of so many accounts that all have been seen (63 % of them, by chance) before. */
export async function timePerEvent(addresses, accounts) {
  const name = `accounts-${accounts}`;
  const total = accounts + MEASURED;
  await setUp(addresses, name);
  await feedEvents({ brokers: addresses.kafka.brokers, topicPrefix: prefixOf(name), accounts, events: total });
  const { perSecond } = await throughService('milestones', { addresses, name, total, warmUp: accounts });
  return 1e6 / perSecond;
}

const trickle = (addresses, name) =>
  feedEvents({
    brokers: addresses.kafka.brokers,
    topicPrefix: prefixOf(name),
    accounts: WEIGHED,
    events: TRICKLE,
    seed: 2,
  });

/** Bytes of all that Redis keeps of a topology, as it counts them itself: its own buffers are in no figure. */
async function weigh(redis, name, topology) {
  const keys = new Set();
  let cursor = '0';
  do {
    const [next, found] = await redis.scan(cursor, 'MATCH', `${name}:{${topology}:*}:*`, 'COUNT', 1_000);
    for (const key of found) keys.add(key);
    cursor = next;
  } while (cursor !== '0');
  let bytes = 0;
  for (const key of keys) bytes += Number(await redis.memory('USAGE', key, 'SAMPLES', 0));
  return bytes;
}

/** What Redis holds of an account that has done 80 actions within 60 days: both services' state. */
export async function bytesPerAccount(addresses) {
  const name = 'weighed';
  const total = WEIGHED * ACTIONS;
  const redis = connectRedis(addresses);
  try {
    await setUp(addresses, name);
    await feedEvents({
      brokers: addresses.kafka.brokers,
      topicPrefix: prefixOf(name),
      accounts: WEIGHED,
      events: total,
    });
    await throughService('milestones', { addresses, name, total, warmUp: total / 2 });
    const whole = await storedSum(redis, name, 'milestones', 't:sink:journey');
    await trickle(addresses, name);
    await throughService('milestones', { addresses, name, total: total + TRICKLE, warmUp: total });
    const facts = await storedSum(redis, name, 'milestones', 't:sink:journey');
    const size = { addresses, name, total: facts, warmUp: whole / 2, counting: 'inputs' };
    const signals = await throughService('signals', size);
    const [ofMilestones, ofSignals] = [await weigh(redis, name, 'milestones'), await weigh(redis, name, 'signals')];
    return {
      milestones: ofMilestones / WEIGHED,
      signals: ofSignals / WEIGHED,
      both: (ofMilestones + ofSignals) / WEIGHED,
      signalsPerSecond: signals.perSecond,
      signalsCpuPerMillion: signals.cpuPerMillion,
    };
  } finally {
    redis.disconnect();
  }
}
