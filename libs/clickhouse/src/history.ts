import type { ClickHouseClient } from '@clickhouse/client';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { toEvent } from './event-row.js';
import type { EventRow } from './event-row.js';
import { query } from './sql-files.js';

/** As far as ClickHouse's times go. */
const END_OF_TIME: Micros = Date.UTC(2262, 0, 1) * 1000;

export interface AccountHistory {
  account: string;
  /** In event-time order, equal times by source, then id. */
  events: OnboardingEvent[];
  /**
   * What is known of the account reaches to here: stream time of its partition, as its snapshot has it, or `until` where
   * that is earlier.
   */
  observedTo: Micros;
}

/** How far the history reaches. */
export interface HistorySize {
  accounts: number;
  /** An event that is not merged yet may count twice. */
  events: number;
  /** Stream time of the partition that is furthest behind; of no meaning without accounts. */
  asOf: Micros;
}

interface HistoryRow extends EventRow {
  observed: Micros;
}

/** Every account's accepted events up to an instant; without one, all. One account at a time. */
export async function* accountHistories(
  client: ClickHouseClient,
  until: Micros = END_OF_TIME,
): AsyncGenerator<AccountHistory> {
  const result = await client.query({
    query: query('history-events'),
    query_params: { until },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  let current: AccountHistory | undefined;
  for await (const rows of result.stream<HistoryRow>()) {
    for (const row of rows) {
      const { observed, ...told } = row.json<HistoryRow>();
      const event = toEvent(told);
      if (current && current.account !== event.accountId) {
        yield current;
        current = undefined;
      }
      current ??= { account: event.accountId, events: [], observedTo: observed };
      current.events.push(event);
    }
  }
  if (current) yield current;
}
