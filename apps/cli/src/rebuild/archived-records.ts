import { archivedClocks, archivedFacts } from '@milepost/clickhouse';
import type { ArchivedClock, ArchivedFact } from '@milepost/clickhouse';
import { journeyPageCodec, onboardingEventCodec, TOPICS } from '@milepost/contracts';
import type { Fact, Micros } from '@milepost/contracts';
import type { LogRecord } from '@milepost/stream';

type ClickHouse = Parameters<typeof archivedFacts>[0];

/** Accepted events as the records of `onboarding.events` that they came in, below an offset. */
export async function* archivedEvents(client: ClickHouse, partition: number, below: number): AsyncGenerator<LogRecord> {
  for await (const { fact } of archivedFacts(client, { partition, source: below })) {
    yield recordOf(TOPICS.events, partition, fact.sourceOffset, {
      key: Buffer.from(fact.event.accountId),
      value: onboardingEventCodec.encode(fact.event),
      timestamp: fact.receivedAt,
    });
  }
}

/** Pages of the journey as they were, facts and clocks, below an offset. */
export async function* archivedPages(client: ClickHouse, partition: number, below: number): AsyncGenerator<LogRecord> {
  const range = { partition, journey: below };
  yield* pagesOf(partition, archivedFacts(client, range), archivedClocks(client, range));
}

/** Both come in the order of their pages; a page may have facts, a clock or both. */
export async function* pagesOf(
  partition: number,
  facts: AsyncGenerator<ArchivedFact>,
  clocks: AsyncGenerator<ArchivedClock>,
): AsyncGenerator<LogRecord> {
  let fact = (await facts.next()).value as ArchivedFact | undefined;
  let clock = (await clocks.next()).value as ArchivedClock | undefined;
  while (fact || clock) {
    const offset = Math.min(fact?.journeyOffset ?? Infinity, clock?.journeyOffset ?? Infinity);
    const inPage: Fact[] = [];
    let planVersion = '';
    while (fact?.journeyOffset === offset) {
      inPage.push(fact.fact);
      planVersion = fact.planVersion;
      fact = (await facts.next()).value as ArchivedFact | undefined;
    }
    let streamTime: Micros | null = null;
    if (clock?.journeyOffset === offset) {
      streamTime = clock.clock;
      clock = (await clocks.next()).value as ArchivedClock | undefined;
    }
    const value = journeyPageCodec.encode({ planVersion, facts: inPage, clock: streamTime });
    yield recordOf(TOPICS.journey, partition, offset, { key: null, value, timestamp: 0 });
  }
}

const recordOf = (
  topic: string,
  partition: number,
  offset: number,
  rest: Pick<LogRecord, 'key' | 'value' | 'timestamp'>,
): LogRecord => ({ topic, partition, offset, headers: {}, ...rest });
