// Holds what the milestones service wrote against what the Kafka Streams peer wrote from the same topic: the accepted
// events, the milestones that each of them changed, the rejected records. Both read as `read_committed` readers do.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { JOURNEY_PAGE_TYPE, journeyPageCodec, SingleObjectCodec, TOPICS } from '../../libs/contracts/dist/index.js';
import { PEER_JOURNEY } from './kafka-streams.mjs';

const kafkajs = createRequire(import.meta.url)('kafkajs');

const factCodec = new SingleObjectCodec(JOURNEY_PAGE_TYPE.field('facts').type.itemsType);
const OUR_CONNECTOR = 'milepost-milestones';
/** So many fetches without a record mean the end: what is left is the markers of transactions. */
const EMPTY_FETCHES = 5;
const SHOWN = 10;

/** Calls `take(partition, message)` for every committed record of a topic. */
async function readTopic(kafka, topic, take) {
  const consumer = kafka.consumer({ groupId: `bench-compare-${Date.now()}-${Math.random()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  let taken = 0;
  let empty = 0;
  try {
    await new Promise((done, fail) => {
      const patience = setTimeout(() => fail(new Error(`Reading ${topic} took more than 5 minutes.`)), 300_000);
      const end = (settle) => (value) => {
        clearTimeout(patience);
        settle(value);
      };
      consumer.on(consumer.events.FETCH, ({ payload }) => {
        empty = payload.numberOfBatches === 0 ? empty + 1 : 0;
        if (empty >= EMPTY_FETCHES) end(done)();
      });
      consumer.on(consumer.events.CRASH, ({ payload }) => end(fail)(payload.error));
      const eachBatch = ({ batch }) => {
        empty = 0;
        taken += batch.messages.length;
        for (const message of batch.messages) take(batch.partition, message);
        return Promise.resolve();
      };
      consumer.run({ autoCommit: false, eachBatch }).catch(end(fail));
    });
  } finally {
    await consumer.disconnect();
  }
  return taken;
}

/** Facts by the place of their event in the log, which both must agree on. */
class Journey {
  facts = new Map();
  doubles = 0;
  reached = {};

  add(partition, { event, sourceOffset, changes }) {
    const place = `${partition}/${sourceOffset}`;
    if (this.facts.has(place)) this.doubles++;
    const told = changes.map(({ milestone, at, previous }) => `${milestone}:${previous}>${at}`).join(' ');
    this.facts.set(place, `${event.source} ${event.id} ${told}`);
    for (const { milestone, at, previous } of changes) {
      const step = (previous === null ? 1 : 0) - (at === null ? 1 : 0);
      this.reached[milestone] = (this.reached[milestone] ?? 0) + step;
    }
  }
}

class Rejections {
  codes = new Map();
  doubles = 0;

  add(headers) {
    const place = `${text(headers, 'partition')}/${text(headers, 'offset')}`;
    if (this.codes.has(place)) this.doubles++;
    this.codes.set(place, text(headers, 'exception.class.name'));
  }
}

const text = (headers, name) => String(headers[`__connect.errors.${name}`] ?? '');

function differences(what, ours, peers) {
  const found = [];
  for (const [place, said] of ours) {
    if (peers.get(place) !== said)
      found.push(`${what} ${place}: ours "${said}", peer "${peers.get(place) ?? 'nothing'}"`);
  }
  for (const [place, said] of peers) if (!ours.has(place)) found.push(`${what} ${place}: ours nothing, peer "${said}"`);
  return found;
}

const sorted = (counts) => Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));

/** `applicationId` of the peer's run; without it the newest in `onboarding.rejected`, where each run adds its own. */
export async function compareJourneys({ brokers, topicPrefix = '', applicationId }) {
  const kafka = new kafkajs.Kafka({ brokers, clientId: 'bench-compare', logLevel: kafkajs.logLevel.NOTHING });
  const ours = new Journey();
  const peer = new Journey();
  await readTopic(kafka, topicPrefix + TOPICS.journey, (partition, { value }) => {
    for (const fact of journeyPageCodec.decodeOwn(value, TOPICS.journey).facts) ours.add(partition, fact);
  });
  await readTopic(kafka, topicPrefix + PEER_JOURNEY, (partition, { value }) => {
    peer.add(partition, factCodec.decodeOwn(value, PEER_JOURNEY));
  });
  const rejected = new Map();
  await readTopic(kafka, topicPrefix + TOPICS.rejected, (_partition, { headers }) => {
    const connector = text(headers, 'connector.name');
    if (!rejected.has(connector)) rejected.set(connector, new Rejections());
    rejected.get(connector).add(headers);
  });
  const runs = [...rejected.keys()].filter((name) => name !== OUR_CONNECTOR).sort();
  const ourRejections = rejected.get(OUR_CONNECTOR) ?? new Rejections();
  const peerRejections = rejected.get(applicationId ?? runs.at(-1)) ?? new Rejections();
  const found = [
    ...differences('event', ours.facts, peer.facts),
    ...differences('rejected', ourRejections.codes, peerRejections.codes),
  ];
  const doubles = ours.doubles + peer.doubles + ourRejections.doubles + peerRejections.doubles;
  const side = (journey, rejections) => ({
    accepted: journey.facts.size,
    rejected: rejections.codes.size,
    doubles: journey.doubles + rejections.doubles,
    milestones: sorted(journey.reached),
  });
  return {
    agree: found.length === 0 && doubles === 0 && ours.facts.size > 0,
    ours: side(ours, ourRejections),
    peer: side(peer, peerRejections),
    differences: found.length,
    first: found.slice(0, SHOWN),
  };
}

const HELP = `Says whether the milestones service and the Kafka Streams peer made the same of onboarding.events.

  node bench/peers/compare.mjs --brokers HOST:PORT[,…] [--topic-prefix P] [--application-id ID of the peer's run]

Run it when both have read the topic to its end. Exit code 1 when they differ.`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { values } = parseArgs({
    options: {
      brokers: { type: 'string' },
      'topic-prefix': { type: 'string', default: '' },
      'application-id': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help || !values.brokers) {
    console.log(HELP);
    process.exit(values.help ? 0 : 2);
  }
  const result = await compareJourneys({
    brokers: values.brokers.split(','),
    topicPrefix: values['topic-prefix'],
    applicationId: values['application-id'],
  });
  console.log(JSON.stringify(result, null, 2));
  process.exitCode = result.agree ? 0 : 1;
}
