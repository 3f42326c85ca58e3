import type { ClickHouseClient } from '@clickhouse/client';
import { ClickHouseError } from '@clickhouse/client';
import { unavailable } from './clickhouse-faults.js';
import { query } from './sql-files.js';

/** What one question may cost. */
export interface QuestionLimits {
  seconds: number;
  memoryBytes: number;
  rowsToRead: number;
  resultRows: number;
}

/** ClickHouse broke the question off at a limit: the asker must ask for less. */
export class QuestionTooCostly extends Error {}

/** TOO_MANY_ROWS, TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES. */
const LIMITS = new Set(['158', '159', '160', '241', '307', '396']);

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
        max_execution_time: limits.seconds,
        timeout_overflow_mode: 'throw',
        max_memory_usage: String(limits.memoryBytes),
        max_rows_to_read: String(limits.rowsToRead),
        read_overflow_mode: 'throw',
        max_result_rows: String(limits.resultRows),
        result_overflow_mode: 'throw',
      },
    });
    return await result.json<T>();
  } catch (fault) {
    throw toFault(fault as Error);
  }
}

function toFault(fault: Error): Error {
  if (!(fault instanceof ClickHouseError)) return unavailable(fault);
  if (LIMITS.has(fault.code)) return new QuestionTooCostly(fault.type, { cause: fault });
  return fault;
}
