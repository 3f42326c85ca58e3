import { ClickHouseError } from '@clickhouse/client';
import { InfrastructureError } from '@milepost/stream';

/** ClickHouse's names for rows that it can't read. Their texts quote the row, and a row's words belong in no log. */
const REFUSED_ROWS = /PARSE|CANNOT_READ|INCORRECT_DATA|TYPE_MISMATCH|CONVERT|OUT_OF_(BOUND|RANGE)/;
const COLUMN = /while reading the value of key (\w+)/;

/** ClickHouse broke the question off at a limit: the asker must ask for less. */
export class QuestionTooCostly extends Error {}

/** TOO_MANY_ROWS, TIMEOUT_EXCEEDED, TOO_SLOW, MEMORY_LIMIT_EXCEEDED, TOO_MANY_BYTES, TOO_MANY_ROWS_OR_BYTES. */
const LIMITS = new Set(['158', '159', '160', '241', '307', '396']);

/**
 * A failed question, whoever asked it: QuestionTooCostly at a limit; `warehouse-unavailable` when ClickHouse does not
 * answer; a fault of the question itself as ClickHouse's own error.
 */
export function questionFailed(fault: Error): Error {
  if (!(fault instanceof ClickHouseError)) return unavailable(fault);
  if (LIMITS.has(fault.code)) return new QuestionTooCostly(`ClickHouse stopped it (${fault.type}).`, { cause: fault });
  return fault;
}

export const unavailable = (cause: Error): InfrastructureError =>
  new InfrastructureError('warehouse-unavailable', cause.message, { cause });

/** A failed insert: what was written where, then ClickHouse's words; of refused rows only the fault and the column. */
export function insertFailed(what: string, fault: Error): InfrastructureError {
  const code = fault instanceof ClickHouseError ? `${fault.type} (${fault.code})` : '';
  if (!REFUSED_ROWS.test(code)) {
    return new InfrastructureError('warehouse-unavailable', `${what}: ${fault.message}`, { cause: fault });
  }
  const column = COLUMN.exec(fault.message)?.[1];
  const where = column === undefined ? '' : ` in ${column}`;
  return new InfrastructureError('warehouse-unavailable', `${what}: ClickHouse refused the rows, ${code}${where}.`);
}
