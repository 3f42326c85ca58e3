// How long after its event a trigger is there, while other events come at half of what the services can take; beside a
// bare round trip through Kafka at the same pace in the same run.
import { onboardingEventCodec, PARTITIONS, TOPICS } from '../../libs/contracts/dist/index.js';
import { createTopics } from '../../libs/runtime/dist/index.js';
import { connectRedis, prefixOf, Service, sleep, storedSum } from './service.mjs';

const EVERY_MS = 5;
const ACCOUNTS = 50_000;
const TRIGGERS = 'onboarding.signals.expansion-ready';
const PLAIN = 'bench.round-trip';
/** One event in so many is watched: it opens a trigger. */
const WATCHED = 100;
const WARM_UP = 50_000;
const FLOOD = 250_000;
/** After a stall the rest is sent in parts, so that no batch of a partition outgrows what the broker takes. */
const AT_ONCE = 5_000;

function encode(run, i, type, accountId, properties) {
  const value = onboardingEventCodec.encode({
    id: `01JB8Z6V0Q${run}${String(i).padStart(14, '0')}`,
    source: '//core.flowpeak.example',
    type,
    accountId,
    occurredAt: Date.now() * 1000,
    outcome: 'succeeded',
    userId: `u_${i % 7}`,
    productLine: 'core',
    context: null,
    properties,
    traceparent: null,
  });
  return { key: accountId, value };
}

/** Sends `perSecond` for `seconds`, in small parts, and notes when each watched account's record was sent. */
async function sendPaced(producer, topic, { perSecond, seconds, run }) {
  const sent = new Map();
  const began = performance.now();
  let i = 0;
  while (performance.now() - began < seconds * 1000) {
    const due = Math.floor(((performance.now() - began) / 1000) * perSecond);
    const until = Math.min(due, i + AT_ONCE);
    const messages = [];
    for (; i < until; i++) {
      const watched = i % WATCHED === 0;
      const account = watched ? `watched_${run}_${i}` : `acct_${(i * 7919) % ACCOUNTS}`;
      const type = watched ? 'plan.limit_reached' : 'workflow.run';
      messages.push(encode(run, i, type, account, watched ? { limit: 'seats' } : { workflowId: 'w_1' }));
      if (watched) sent.set(account, performance.now());
    }
    if (messages.length > 0) await producer.send({ topic, messages });
    await sleep(EVERY_MS);
  }
  return { sent, records: i };
}

/** Notes when each watched account's first record came back. */
async function watch(kafka, topic) {
  const consumer = kafka.consumer({ groupId: `bench-${Math.random().toString(36).slice(2)}`, maxWaitTimeInMs: 20 });
  const seen = new Map();
  await consumer.connect();
  await consumer.subscribe({ topic });
  const joined = new Promise((done) => consumer.on(consumer.events.GROUP_JOIN, done));
  await consumer.run({
    autoCommit: false,
    partitionsConsumedConcurrently: PARTITIONS,
    eachBatch: ({ batch }) => {
      const now = performance.now();
      for (const { key } of batch.messages) {
        const account = key.toString();
        if (account.startsWith('watched') && !seen.has(account)) seen.set(account, now);
      }
      return Promise.resolve();
    },
  });
  await joined;
  await sleep(1_000);
  return { seen, stop: () => consumer.disconnect() };
}

function quantiles(sent, seen, skip) {
  const all = [...sent].slice(Math.floor(sent.size * skip)).flatMap(([account, at]) => {
    const back = seen.get(account);
    return back === undefined ? [] : [back - at];
  });
  all.sort((a, b) => a - b);
  const at = (share) => Math.round(all[Math.min(all.length - 1, Math.floor(share * all.length))] * 10) / 10;
  return { p50: at(0.5), p99: at(0.99), p999: at(0.999), watched: sent.size, seen: all.length };
}

async function measure(kafka, { topic, answers, perSecond, seconds, run }) {
  const producer = kafka.producer({ idempotent: false });
  await producer.connect();
  const back = await watch(kafka, answers);
  const { sent, records } = await sendPaced(producer, topic, { perSecond, seconds, run });
  for (let i = 0; i < 100 && back.seen.size < sent.size; i++) await sleep(100);
  await back.stop();
  await producer.disconnect();
  return { ...quantiles(sent, back.seen, 0.25), perSecond: Math.round(records / seconds) };
}

/**
 * Events a second that both services take together while they are being sent, one behind the other: from the first that
 * is sent to the last whose facts are judged. What was in flight at the beginning can't flatter it.
 */
async function capacityOf(kafka, { addresses, name, topic }) {
  const producer = kafka.producer({ idempotent: false });
  const redis = connectRedis(addresses);
  await producer.connect();
  let sent = 0;
  const through = async (events) => {
    const began = performance.now();
    for (const until = sent + events; sent < until;) {
      const messages = [];
      for (; messages.length < AT_ONCE; sent++) messages.push(encode('FL', sent, 'workflow.run', `acct_${(sent * 7919) % ACCOUNTS}`, { workflowId: 'w_1' })); // prettier-ignore
      await producer.send({ topic, messages });
    }
    while ((await storedSum(redis, name, 'signals', 't:inputs')) < sent) await sleep(20);
    return (events * 1000) / (performance.now() - began);
  };
  await through(WARM_UP);
  const perSecond = await through(FLOOD);
  redis.disconnect();
  await producer.disconnect();
  return perSecond;
}

export async function latency(kafka, { addresses, name, seconds = 20, profile = false }) {
  await createTopics(kafka, [{ name: PLAIN, partitions: PARTITIONS, config: {} }], 1);
  const services = ['milestones', 'signals'].map((service) => new Service(service, addresses, name, { profile }));
  const topic = prefixOf(name) + TOPICS.events;
  const answers = prefixOf(name) + TRIGGERS;
  try {
    const capacity = await capacityOf(kafka, { addresses, name, topic });
    const perSecond = capacity / 2;
    // Small batches take other ways through the broker than the flood did; it compiles them as it goes, for half a minute.
    await measure(kafka, { topic, answers, perSecond, seconds: 2 * seconds, run: 'WA' });
    const triggers = await measure(kafka, { topic, answers, perSecond, seconds, run: 'ME' });
    const roundTrip = await measure(kafka, { topic: PLAIN, answers: PLAIN, perSecond, seconds, run: 'PL' });
    return { capacity, triggers, roundTrip };
  } finally {
    await Promise.all(services.map((one) => one.stop()));
  }
}
