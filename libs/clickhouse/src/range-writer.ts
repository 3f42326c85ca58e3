import type { ClickHouseClient } from '@clickhouse/client';
import type { FrozenRange, LogRecord, RangeWriter } from '@milepost/stream';
import { insertFailed, unavailable } from './clickhouse-faults.js';
import { eraseRows } from './erase-account.js';
import type { Erasure } from './erase-account.js';

/** Rows for one table, in the order of `columns`. */
export interface TableRows {
  table: string;
  columns: readonly string[];
  rows: unknown[][];
}

/** How the records of one topic become rows. A change of tables or columns is a new `schemaVersion`. */
export interface RowMapping {
  schemaVersion: string;
  toRows(records: readonly LogRecord[]): TableRows[];
  /** Accounts that end with one of these records: whatever came of them before is to go. */
  toErasures?(records: readonly LogRecord[]): Erasure[];
}

/** A range is one block, however many rows it has: only then does one token stand for all of it. */
const ONE_BLOCK = {
  max_insert_block_size: '10000000',
  min_insert_block_size_rows: '10000000',
  min_insert_block_size_bytes: '0',
};

/** Writes ranges to ClickHouse, each table's rows as one block under a token that names range, table and version. */
export function clickhouseRangeWriter(client: ClickHouseClient, mapping: RowMapping): RangeWriter {
  const { schemaVersion } = mapping;
  return {
    schemaVersion,
    write: async (range, records) => {
      for (const block of mapping.toRows(records)) if (block.rows.length > 0) await insertBlock(client, block, range);
      // After the rows of the range, some of which may be the account's.
      for (const erasure of mapping.toErasures?.(records) ?? []) await eraseRows(client, erasure);
    },
    ping: async () => {
      const answer = await client.ping();
      if (!answer.success) throw unavailable(answer.error);
    },
  };
}

export const tokenOf = ({ topic, partition, from, to, schemaVersion }: FrozenRange, table: string): string =>
  `${topic}/${partition}/${from}-${to}/${table}/${schemaVersion}`;

async function insertBlock(
  client: ClickHouseClient,
  { table, columns, rows }: TableRows,
  range: FrozenRange,
): Promise<void> {
  const insert = client.insert({
    table,
    columns: columns as [string, ...string[]],
    values: rows,
    format: 'JSONCompactEachRow',
    clickhouse_settings: {
      ...ONE_BLOCK,
      async_insert: 0,
      insert_deduplicate: 1,
      insert_deduplication_token: tokenOf(range, table),
      // A block whose views failed is written again: the table knows it, and the views must see it nonetheless.
      deduplicate_blocks_in_dependent_materialized_views: 1,
      wait_end_of_query: 1,
      date_time_input_format: 'best_effort',
    },
  });
  await insert.catch((fault: Error) => {
    throw insertFailed(`${table}, ${range.topic}/${range.partition} [${range.from}, ${range.to})`, fault);
  });
}
