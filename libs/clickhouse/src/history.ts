import type { ClickHouseClient } from '@clickhouse/client';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { toEvent } from './event-row.js';
import type { EventRow } from './event-row.js';
import { query } from './sql-files.js';

export interface AccountHistory {
  account: string;
  /** In event-time order, equal times by source, then id. */
  events: OnboardingEvent[];
}

/** Every account's accepted events up to an instant, one account at a time. */
export async function* accountHistories(client: ClickHouseClient, until: Micros): AsyncGenerator<AccountHistory> {
  const result = await client.query({
    query: query('history-events'),
    query_params: { until },
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  });
  let current: AccountHistory | undefined;
  for await (const rows of result.stream<EventRow>()) {
    for (const row of rows) {
      const event = toEvent(row.json<EventRow>());
      if (current && current.account !== event.accountId) {
        yield current;
        current = undefined;
      }
      current ??= { account: event.accountId, events: [] };
      current.events.push(event);
    }
  }
  if (current) yield current;
}
