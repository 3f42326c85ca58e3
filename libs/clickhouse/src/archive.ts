import type { ClickHouseClient } from '@clickhouse/client';
import type { Fact, Micros } from '@milepost/contracts';
import { toEvent } from './event-row.js';
import type { EventRow } from './event-row.js';
import { query } from './sql-files.js';

/** What is asked of the archive: one partition, below an offset of `onboarding.events` or of `onboarding.journey`. */
export interface ArchiveRange {
  partition: number;
  source?: number;
  journey?: number;
}

export interface ArchivedFact {
  fact: Fact;
  planVersion: string;
  /** Offset of its page. */
  journeyOffset: number;
}

export interface ArchivedClock {
  journeyOffset: number;
  clock: Micros;
}

interface Row extends EventRow {
  plan_version: string;
  source_offset: number;
  journey_offset: number;
  received: Micros;
  changes: [index: number, milestone: string, at: Micros | null, previous: Micros | null][];
}

const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** Accepted events as they stood in the journey, in its order. Texts that were null or empty come back as null. */
export async function* archivedFacts(client: ClickHouseClient, range: ArchiveRange): AsyncGenerator<ArchivedFact> {
  for await (const row of stream<Row>(client, 'archive-facts', range)) {
    yield { fact: toFact(row), planVersion: row.plan_version, journeyOffset: row.journey_offset };
  }
}

/** Stream time as the pages of the journey carried it. */
export async function* archivedClocks(client: ClickHouseClient, range: ArchiveRange): AsyncGenerator<ArchivedClock> {
  const rows = stream<{ journey_offset: number; clock: Micros }>(client, 'archive-clocks', range);
  for await (const { journey_offset: journeyOffset, clock } of rows) yield { journeyOffset, clock };
}

/** How many records were rejected. */
export async function archivedRejections(client: ClickHouseClient, range: ArchiveRange): Promise<number> {
  let count = 0;
  for await (const { rejected } of stream<{ rejected: number }>(client, 'archive-rejected', range)) count += rejected;
  return count;
}

/** A marker of a control record, as it stood in a topic that the warehouse reads. */
export interface ArchivedMarker {
  sequence: number;
  sourceOffset: number;
  topicOffset: number;
}

/** In the order of the topic, by its name without a prefix. */
export async function archivedMarkers(
  client: ClickHouseClient,
  partition: number,
  topic: string,
): Promise<ArchivedMarker[]> {
  const markers: ArchivedMarker[] = [];
  const rows = stream<Record<'sequence' | 'source_offset' | 'topic_offset', number>>(client, 'archive-markers', { partition, topic }); // prettier-ignore
  for await (const { sequence, source_offset: sourceOffset, topic_offset: topicOffset } of rows) {
    markers.push({ sequence, sourceOffset, topicOffset });
  }
  return markers;
}

/** How many rows were erased: by `events`, `milestones`, `rejected`, and `signals/<signal>`. */
export async function archivedErased(client: ClickHouseClient, range: ArchiveRange): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const { kind, signal, rows } of stream<{ kind: string; signal: string; rows: number }>(
    client,
    'archive-erased',
    range,
  )) {
    // prettier-ignore
    counts.set(signal === '' ? kind : `${kind}/${signal}`, rows);
  }
  return counts;
}

async function* stream<T>(
  client: ClickHouseClient,
  name: string,
  { partition, source = EVERYTHING, journey = EVERYTHING, topic = '' }: ArchiveRange & { topic?: string },
): AsyncGenerator<T> {
  const result = await client.query({
    query: query(name),
    query_params: { partition, source, journey, topic },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  for await (const rows of result.stream<T>()) for (const row of rows) yield row.json<T>();
}

function toFact(row: Row): Fact {
  return {
    event: toEvent(row),
    receivedAt: row.received,
    sourceOffset: row.source_offset,
    changes: row.changes.map(([, milestone, at, previous]) => ({ milestone, at, previous })),
  };
}
