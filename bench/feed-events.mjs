// Fills onboarding.events with the load that every program of the benchmark reads: Avro single-object, eight event
// types of the sample company, about 2 % repeats and 0.5 % bad records. The same seed gives the same bytes in the same
// order, so that two programs, or two runs, can be held against each other.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { onboardingEventCodec, TOPICS } from '../libs/contracts/dist/index.js';
import { Chance } from '../libs/simulator/dist/index.js';

const kafkajs = createRequire(import.meta.url)('kafkajs');

const DAY_MS = 86_400_000;
/** Fixed and past: the broker refuses times ahead of its own, and a seed must give the same bytes tomorrow. */
const BEGIN_MS = Date.UTC(2025, 0, 6);
/** Twice the deduplication window, so that some repeats come after it and count again. */
const SPAN_MS = 60 * DAY_MS;

const REPEATS = 0.02;
const BAD = 0.005;
/** Event time before receipt by up to two days instead of five seconds: milestones are revised. */
const LATE = 0.01;

const SOURCES = ['//core.flowpeak.example', '//analytics.flowpeak.example'];
const INTEGRATIONS = ['slack', 'salesforce', 'jira', 'github', 'hubspot', 'zapier'];
const SEND = 5_000;

/** What follows an account's creation, and how often. */
const ACTIONS = [
  {
    share: 0.4,
    type: 'workflow.run',
    properties: (c) => ({ workflowId: workflow(c), durationMs: c.integer(20, 9e4) }),
  },
  { share: 0.12, type: 'workflow.created', properties: (c) => ({ workflowId: workflow(c) }) },
  { share: 0.12, type: 'data.imported', properties: (c) => ({ rows: c.integer(0, 1e6), connector: 'csv' }) },
  { share: 0.1, type: 'integration.connected', properties: (c) => ({ integration: c.pick(INTEGRATIONS) }) },
  { share: 0.08, type: 'teammate.invited', properties: () => ({ role: 'member' }) },
  { share: 0.08, type: 'workspace.configured', properties: (c) => ({ step: `step_${c.integer(1, 4)}` }) },
  { share: 0.1, type: 'report.viewed', properties: (c) => ({ reportId: `r_${c.integer(1, 50)}` }) },
];
const OUTCOMES = [
  { share: 0.88, outcome: 'succeeded' },
  { share: 0.09, outcome: 'failed' },
  { share: 0.03, outcome: 'abandoned' },
];
const workflow = (chance) => `w_${chance.integer(1, 40)}`;

const imported = (event, properties) => record({ ...event, type: 'data.imported', properties });
const changed = (event, change) => {
  const bytes = onboardingEventCodec.encode(event);
  return { key: event.accountId, value: change(bytes) };
};

/** Each ends in `onboarding.rejected`. A conflicting repeat needs an event that was sent before: `known`. */
const FAULTS = {
  'required-missing': (event) => imported(event, { connector: 'csv' }),
  'wrong-type': (event) => imported(event, { rows: 'many' }),
  'below-minimum': (event) => imported(event, { rows: -1 }),
  'unplanned-type': (event) => record({ ...event, type: 'nobody.planned_this' }),
  'no-context': (event) => record({ ...event, type: 'account.created', context: null, properties: {} }),
  'empty-id': (event) => record({ ...event, id: '' }),
  'future-time': (event) => record({ ...event, occurredAt: event.occurredAt + DAY_MS * 7_000 }),
  'truncated-avro': (event) => changed(event, (bytes) => bytes.subarray(0, -3)),
  'bytes-behind': (event) => changed(event, (bytes) => Buffer.concat([bytes, Buffer.from([0])])),
  'unknown-fingerprint': (event) => changed(event, (bytes) => Buffer.from(bytes).fill(0xee, 2, 10)),
  'wrong-first-bytes': (event) => changed(event, (bytes) => Buffer.from(bytes).fill(0x99, 0, 2)),
  'empty-value': (event) => ({ key: event.accountId, value: Buffer.alloc(0) }),
  'no-key': (event) => ({ key: null, value: onboardingEventCodec.encode(event) }),
  'other-key': (event) => ({ key: `${event.accountId}_other`, value: onboardingEventCodec.encode(event) }),
  'conflicting-repeat': (event, known) => record({ ...known, userId: `${known.userId ?? ''}_other` }),
};
const FAULT_NAMES = Object.keys(FAULTS);

const record = (event) => ({ key: event.accountId, value: onboardingEventCodec.encode(event) });

/** Events sent before, from which repeats are drawn: the newest ones, and some that were sent up to weeks ago. */
class Memory {
  newest = [];
  old = [];

  constructor(chance) {
    this.chance = chance;
  }

  keep(event) {
    if (this.newest.length < 200) this.newest.push(event);
    else this.newest[this.chance.integer(0, 199)] = event;
    if (this.old.length < 2_000) this.old.push(event);
    else if (this.chance.happens(0.05)) this.old[this.chance.integer(0, 1_999)] = event;
  }

  draw() {
    return this.chance.pick(this.chance.happens(0.5) ? this.newest : this.old);
  }
}

/** The records in the order in which they are sent: `{ kind, key, value, timestamp }`, kind event, repeat or bad. */
export function* benchRecords({ accounts, events, seed }) {
  const chance = new Chance(seed, 1);
  const created = new Uint8Array(accounts);
  const memory = new Memory(chance);
  for (let i = 0; i < events; i++) {
    const at = BEGIN_MS + Math.floor((i / events) * SPAN_MS);
    const timestamp = String(at);
    const known = memory.newest.length > 0 ? memory.draw() : null;
    const draw = chance.next();
    if (known && draw < REPEATS) {
      yield { kind: 'repeat', ...record(known), timestamp };
      continue;
    }
    const account = chance.integer(0, accounts - 1);
    if (known && draw < REPEATS + BAD) {
      const event = action(i, account, at, chance);
      yield { kind: 'bad', ...FAULTS[chance.pick(FAULT_NAMES)](event, known), timestamp };
      continue;
    }
    const event = created[account] === 1 ? action(i, account, at, chance) : creation(i, account, at, chance);
    created[account] = 1;
    memory.keep(event);
    yield { kind: 'event', ...record(event), timestamp };
  }
}

function action(i, account, at, chance) {
  const { type, properties } = chance.choice(ACTIONS);
  const delay = chance.happens(LATE) ? chance.integer(0, 2 * DAY_MS) : chance.integer(0, 5_000);
  return {
    id: `01JB8Z6V0Q${String(i).padStart(16, '0')}`,
    source: SOURCES[type === 'report.viewed' ? 1 : 0],
    type,
    accountId: `acct_${account}`,
    occurredAt: (at - delay) * 1000 + chance.integer(0, 999),
    outcome: chance.choice(OUTCOMES).outcome,
    userId: chance.happens(0.05) ? null : `u_${chance.integer(1, 6)}`,
    productLine: type === 'report.viewed' ? 'analytics' : 'core',
    context: null,
    properties: properties(chance),
    traceparent: null,
  };
}

function creation(i, account, at, chance) {
  const context = {
    planTier: chance.pick(['free', 'pro', 'business']),
    companySize: Math.round(chance.exponential(300)),
    industry: chance.pick(['software', 'retail', 'health']),
    region: chance.pick(['emea', 'amer', 'apac']),
    acquisitionChannel: chance.pick(['self-serve', 'sales', 'partner']),
  };
  const event = action(i, account, at, chance);
  const properties = { trial: chance.happens(0.7) };
  return { ...event, source: SOURCES[0], type: 'account.created', outcome: 'succeeded', context, properties };
}

/** `events` counts records of every kind. The topic must exist (`milepost setup`). */
export async function feedEvents({ brokers, topicPrefix = '', accounts = 50_000, events = 500_000, seed = 1 }) {
  const kafka = new kafkajs.Kafka({ brokers, clientId: 'bench-feed', logLevel: kafkajs.logLevel.NOTHING });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  const sent = { event: 0, repeat: 0, bad: 0 };
  const began = performance.now();
  await producer.connect();
  try {
    let messages = [];
    const send = async () => {
      if (messages.length > 0) await producer.send({ topic: topicPrefix + TOPICS.events, messages });
      messages = [];
    };
    for (const { kind, ...message } of benchRecords({ accounts, events, seed })) {
      sent[kind]++;
      messages.push(message);
      if (messages.length === SEND) await send();
    }
    await send();
  } finally {
    await producer.disconnect();
  }
  const seconds = (performance.now() - began) / 1000;
  return { records: events, events: sent.event, repeats: sent.repeat, bad: sent.bad, seconds };
}

const HELP = `Feeds onboarding.events with the benchmark's load.

  node bench/feed-events.mjs --brokers HOST:PORT[,…] [--topic-prefix P] [--accounts 50000] [--events 500000] [--seed 1]

Needs a build (npm run build) and the topics (milepost setup). Prints what was sent as one line of JSON.`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      brokers: { type: 'string' },
      'topic-prefix': { type: 'string', default: '' },
      accounts: { type: 'string', default: '50000' },
      events: { type: 'string', default: '500000' },
      seed: { type: 'string', default: '1' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.brokers) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  const sent = await feedEvents({
    brokers: values.brokers.split(','),
    topicPrefix: values['topic-prefix'],
    accounts: Number(values.accounts),
    events: Number(values.events),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(sent));
}
