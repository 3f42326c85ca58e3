import type { ClickHouseClient } from '@clickhouse/client';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { questionFailed } from './clickhouse-faults.js';
import { toEvent } from './event-row.js';
import type { EventRow } from './event-row.js';
import { askQuestion, settingsOf } from './questions.js';
import type { QuestionLimits } from './questions.js';
import { query } from './sql-files.js';

/** Rows go by one at a time, and are counted before. */
const UNLIMITED = 0;
const FREE = { seconds: UNLIMITED, memoryBytes: UNLIMITED, rowsToRead: UNLIMITED };

export interface AccountHistory {
  account: string;
  /** In event-time order, equal times by source, then id. */
  events: OnboardingEvent[];
  /**
   * What is known of the account reaches to here: stream time of its partition, as its snapshot has it.
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

/** @throws as `accountHistories` */
export async function historySize(
  client: ClickHouseClient,
  limits?: Omit<QuestionLimits, 'resultRows'>,
): Promise<HistorySize> {
  const [size] = await askQuestion<HistorySize>(client, 'history-size', {}, { ...FREE, ...limits, resultRows: UNLIMITED }); // prettier-ignore
  return size!;
}

/**
 * Every account's accepted events, one account at a time, for whoever replays them. `limits`: what ClickHouse may take.
 *
 * @throws QuestionTooCostly; InfrastructureError `warehouse-unavailable`; UnreadableRow
 */
export async function* accountHistories(
  client: ClickHouseClient,
  limits?: Omit<QuestionLimits, 'resultRows'>,
): AsyncGenerator<AccountHistory> {
  let current: AccountHistory | undefined;
  for await (const { observed, ...told } of rowsOf(client, limits)) {
    const event = toEvent(told);
    if (current && current.account !== event.accountId) {
      yield current;
      current = undefined;
    }
    current ??= { account: event.accountId, events: [], observedTo: observed };
    current.events.push(event);
  }
  if (current) yield current;
}

async function* rowsOf(
  client: ClickHouseClient,
  limits: Omit<QuestionLimits, 'resultRows'> | undefined,
): AsyncGenerator<HistoryRow> {
  const clickhouse_settings = {
    output_format_json_quote_64bit_integers: 0,
    ...(limits && settingsOf({ ...limits, resultRows: UNLIMITED })),
  } as const;
  try {
    const result = await client.query({ query: query('history-events'), format: 'JSONEachRow', clickhouse_settings });
    for await (const rows of result.stream<HistoryRow>()) for (const row of rows) yield row.json<HistoryRow>();
  } catch (fault) {
    throw questionFailed(fault as Error);
  }
}
