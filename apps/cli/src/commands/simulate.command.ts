import { DAY, formatTime, TOPICS } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { LiveFeed, plantedCompany, simulateHistory, simulatePlanted, toCloudEvent } from '@milepost/simulator';
import type { Message, Producer } from 'kafkajs';
import type { Connections } from '../connections.js';
import { print, Progress } from '../output.js';
import type { Output } from '../output.js';

export interface SimulateOptions extends Output {
  accounts: number;
  days: number;
  seed: number;
  prefix: string;
  live: boolean;
  planted: boolean;
  /** When the history ends; otherwise now. */
  until?: Micros;
}

const PER_SEND = 2_000;
const LIVE_EVERY_MS = 1_000;

/** An ordinary producer's record. A producer of history stamps it with the event's time. */
function toMessage(event: OnboardingEvent): Message {
  return {
    key: event.accountId,
    value: JSON.stringify(toCloudEvent(event)),
    headers: { 'content-type': 'application/cloudevents+json' },
    timestamp: String(Math.floor(event.occurredAt / 1000)),
  };
}

export async function simulate(connections: Connections, options: SimulateOptions): Promise<void> {
  const producer = connections.kafka().producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  connections.onClose(() => producer.disconnect());
  const topic = connections.addresses.topicPrefix + TOPICS.events;
  await (options.live ? feedLive(producer, topic, options) : feedHistory(producer, topic, options));
}

async function feedHistory(producer: Producer, topic: string, options: SimulateOptions): Promise<void> {
  const { accounts, seed } = options;
  const started = Date.now();
  const endsAt = options.until ?? started * 1000;
  const { events, days } = historyOf(options, endsAt);
  const progress = new Progress();
  let sent = 0;
  let messages: Message[] = [];
  const send = async (): Promise<void> => {
    await producer.send({ topic, messages });
    sent += messages.length;
    messages = [];
    progress.say(`${sent.toLocaleString('en')} events sent`);
  };
  for (const event of events) {
    messages.push(toMessage(event));
    if (messages.length === PER_SEND) await send();
  }
  if (messages.length > 0) await send();
  const seconds = (Date.now() - started) / 1000;
  const result = { events: sent, accounts, days, seed, endsAt: formatTime(endsAt), seconds };
  print(
    options,
    result,
    () =>
      `Sent ${sent.toLocaleString('en')} events of ${accounts} accounts over ${days} days up to ${result.endsAt.slice(0, 10)} in ${seconds.toFixed(1)} s.\n` +
      'History is judged once it has rested (historyRest in the plan, 30 s): its triggers follow then.',
  );
}

/** What is to be sent. The planted company has a length of its own. */
function historyOf(options: SimulateOptions, endsAt: Micros): { events: Iterable<OnboardingEvent>; days: number } {
  const { planted, accounts, days, seed, prefix } = options;
  if (!planted) return { events: simulateHistory({ seed, accounts, days, prefix, endsAt }), days };
  const company = plantedCompany({ seed });
  const { observedDays } = company;
  return { events: simulatePlanted({ company, seed, accounts, prefix, epoch: endsAt - observedDays * DAY }), days: observedDays }; // prettier-ignore
}

/** Goes on until it is told to stop. */
async function feedLive(producer: Producer, topic: string, options: SimulateOptions): Promise<void> {
  const feed = new LiveFeed(options.seed, Date.now() * 1000);
  const progress = new Progress();
  progress.say('A live trickle is under way; Ctrl-C ends it.', true);
  let sent = 0;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  while (!stopped) {
    const messages = feed.next(Date.now() * 1000).map(toMessage);
    if (messages.length > 0) await producer.send({ topic, messages });
    sent += messages.length;
    await new Promise((done) => setTimeout(done, LIVE_EVERY_MS));
  }
  print(options, { events: sent }, () => `Sent ${sent.toLocaleString('en')} events.`);
}
