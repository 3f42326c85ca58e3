import type { ClickHouseClient } from '@clickhouse/client';
import type { ClickHouseSettings } from '@clickhouse/client';
import { questionFailed } from './clickhouse-faults.js';
import { query } from './sql-files.js';

/** What one question may cost. */
export interface QuestionLimits {
  seconds: number;
  memoryBytes: number;
  rowsToRead: number;
  resultRows: number;
}

/** As ClickHouse takes them; a question past one is broken off. */
export const settingsOf = (limits: QuestionLimits): ClickHouseSettings => ({
  max_execution_time: limits.seconds,
  timeout_overflow_mode: 'throw',
  max_memory_usage: String(limits.memoryBytes),
  max_rows_to_read: String(limits.rowsToRead),
  read_overflow_mode: 'throw',
  max_result_rows: String(limits.resultRows),
  result_overflow_mode: 'throw',
});

/**
 * Asks one file of `queries/`. Rows come back as objects; 64-bit integers as numbers, for they count accounts.
 *
 * @throws QuestionTooCostly; InfrastructureError `warehouse-unavailable` when ClickHouse does not answer; a fault of the
 *   question itself as ClickHouse's own error
 */
export async function askQuestion<T>(
  client: ClickHouseClient,
  name: string,
  parameters: Record<string, unknown>,
  limits: QuestionLimits,
): Promise<T[]> {
  try {
    const result = await client.query({
      query: query(name),
      query_params: parameters,
      format: 'JSONEachRow',
      clickhouse_settings: {
        output_format_json_quote_64bit_integers: 0,
        output_format_json_quote_denormals: 0,
        ...settingsOf(limits),
      },
    });
    return await result.json<T>();
  } catch (fault) {
    throw questionFailed(fault as Error);
  }
}
