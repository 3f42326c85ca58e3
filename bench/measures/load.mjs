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

/** `used_memory` of Redis over accounts that have done 80 actions each within 60 days: both services' state. */
export async function bytesPerAccount(addresses) {
  const name = 'weighed';
  const total = WEIGHED * ACTIONS;
  const redis = connectRedis(addresses);
  const used = async () => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))[1]);
  try {
    await setUp(addresses, name);
    await feedEvents({
      brokers: addresses.kafka.brokers,
      topicPrefix: prefixOf(name),
      accounts: WEIGHED,
      events: total,
    });
    const before = await used();
    await throughService('milestones', { addresses, name, total, warmUp: total / 2 });
    const whole = await storedSum(redis, name, 'milestones', 't:sink:journey');
    await trickle(addresses, name);
    await throughService('milestones', { addresses, name, total: total + TRICKLE, warmUp: total });
    const between = await used();
    const facts = await storedSum(redis, name, 'milestones', 't:sink:journey');
    const size = { addresses, name, total: facts, warmUp: whole / 2, counting: 'inputs' };
    const signals = await throughService('signals', size);
    const after = await used();
    return {
      milestones: (between - before) / WEIGHED,
      signals: (after - between) / WEIGHED,
      both: (after - before) / WEIGHED,
      signalsPerSecond: signals.perSecond,
      signalsCpuPerMillion: signals.cpuPerMillion,
    };
  } finally {
    redis.disconnect();
  }
}
