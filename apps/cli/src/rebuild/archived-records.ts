import { archivedClocks, archivedFacts, archivedMarkers } from '@milepost/clickhouse';
import type { ArchivedClock, ArchivedFact } from '@milepost/clickhouse';
import { CONTROL_HEADER, decodeControl, journeyPageCodec, onboardingEventCodec, TOPICS } from '@milepost/contracts';
import type { Fact, Micros } from '@milepost/contracts';
import type { ControlLog, LogRecord } from '@milepost/stream';

type ClickHouse = Parameters<typeof archivedFacts>[0];

/** Where rows come from that are no longer there, and what operators wrote of it. */
export interface Archive {
  client: ClickHouse;
  control: ControlLog;
}

/** Accepted events as the records of `onboarding.events` that they came in, with the markers between them. */
export async function* archivedEvents(archive: Archive, partition: number, below: number): AsyncGenerator<LogRecord> {
  // Of every marker a copy went to the rejects, in every partition: it says where the marker stood.
  const markers = await markersOf(archive, partition, { stoodIn: TOPICS.events, copiedTo: TOPICS.rejected });
  yield* merged(eventsOf(archive.client, partition, below), markers, below);
}

async function* eventsOf(client: ClickHouse, partition: number, below: number): AsyncGenerator<LogRecord> {
  for await (const { fact } of archivedFacts(client, { partition, source: below })) {
    yield recordOf(TOPICS.events, partition, fact.sourceOffset, {
      key: Buffer.from(fact.event.accountId),
      value: onboardingEventCodec.encode(fact.event),
      timestamp: fact.receivedAt,
    });
  }
}

/** Pages of the journey as they were, facts and clocks, and the markers between them, below an offset. */
export async function* archivedPages(archive: Archive, partition: number, below: number): AsyncGenerator<LogRecord> {
  const range = { partition, journey: below };
  const markers = await markersOf(archive, partition, { stoodIn: TOPICS.journey, copiedTo: TOPICS.journey });
  yield* merged(pagesOf(partition, archivedFacts(archive.client, range), archivedClocks(archive.client, range)), markers, below); // prettier-ignore
}

/**
 * Markers of every activated model before an archived journey, for the archive does not say where they stood. A model
 * counts from an instant on, which its control record names, so a marker that comes too early changes nothing before it.
 */
export async function* withActivations(
  control: ControlLog,
  partition: number,
  pages: AsyncIterable<LogRecord>,
): AsyncGenerator<LogRecord> {
  const end = await control.end();
  for (let sequence = 0; sequence < end; sequence++) {
    const value = await control.read(sequence);
    const decoded = decodeControl(value);
    if (!('record' in decoded) || decoded.record.kind !== 'activate-model') continue;
    const headers = { [CONTROL_HEADER]: String(sequence) };
    yield { ...recordOf(TOPICS.journey, partition, 0, { key: null, value, timestamp: 0 }), headers };
  }
  yield* pages;
}

/** The archive knows accounts that were erased by their hash alone; what the marker said stands in the control log. */
async function markersOf(
  { client, control }: Archive,
  partition: number,
  { stoodIn, copiedTo }: { stoodIn: string; copiedTo: string },
): Promise<LogRecord[]> {
  const records: LogRecord[] = [];
  for (const { sequence, sourceOffset, topicOffset } of await archivedMarkers(client, partition, copiedTo)) {
    const value = await control.read(sequence);
    const offset = stoodIn === copiedTo ? topicOffset : sourceOffset;
    const headers = { [CONTROL_HEADER]: String(sequence) };
    records.push({ ...recordOf(stoodIn, partition, offset, { key: null, value, timestamp: 0 }), headers });
  }
  return records.sort((a, b) => a.offset - b.offset);
}

/** Records and markers in the order of their offsets. */
async function* merged(
  records: AsyncGenerator<LogRecord>,
  markers: LogRecord[],
  below: number,
): AsyncGenerator<LogRecord> {
  const waiting = markers.filter(({ offset }) => offset < below);
  for await (const record of records) {
    while (waiting.length > 0 && waiting[0]!.offset < record.offset) yield waiting.shift()!;
    yield record;
  }
  yield* waiting;
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
