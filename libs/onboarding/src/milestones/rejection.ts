import { CONTROL_HEADER, TOPICS } from '@milepost/contracts';
import type { Violation } from '@milepost/contracts';
import type { LogRecord, OutRecord } from '@milepost/stream';

const PREFIX = '__connect.errors.';
const CONNECTOR = 'milepost-milestones';
/** On the rejects too a marker's header is ours alone: what a sender wrote under that name is kept under another. */
const CLAIMED_HEADER = 'milepost-control-claimed';
const MAX_MESSAGE = 8_192;

/**
 * A record that can't be accepted, byte-identical, on `onboarding.rejected`: key, value, headers and timestamp kept,
 * the reasons in Kafka Connect's header names (an existing header is never overwritten) and, whole, as JSON.
 */
export function encodeRejection(record: LogRecord, violations: readonly Violation[]): OutRecord {
  const headers: OutRecord['headers'] = {
    [`${PREFIX}topic`]: TOPICS.events,
    [`${PREFIX}partition`]: String(record.partition),
    [`${PREFIX}offset`]: String(record.offset),
    [`${PREFIX}connector.name`]: CONNECTOR,
    [`${PREFIX}task.id`]: String(record.partition),
    [`${PREFIX}stage`]: 'VALUE_CONVERTER',
    [`${PREFIX}class.name`]: 'milestones',
    [`${PREFIX}exception.class.name`]: violations[0]?.code ?? '',
    [`${PREFIX}exception.message`]: describe(violations),
    'milepost.violations': JSON.stringify(violations).slice(0, 4 * MAX_MESSAGE),
  };
  for (const [name, value] of Object.entries(record.headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) headers[name === CONTROL_HEADER ? CLAIMED_HEADER : name] = last;
  }
  return {
    topic: TOPICS.rejected,
    partition: record.partition,
    key: record.key,
    value: record.value,
    headers,
    timestamp: record.timestamp,
  };
}

const describe = (violations: readonly Violation[]): string =>
  violations
    .map(({ code, field, message }) => `${code} ${field}: ${message}`)
    .join('\n')
    .slice(0, MAX_MESSAGE);
