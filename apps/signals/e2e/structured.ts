import type { OracleEvent } from './oracle.js';

/** RFC 3339 with six digits. */
export const time = (micros: number): string =>
  `${new Date(Math.floor(micros / 1000)).toISOString().slice(0, -1)}${String(micros % 1000).padStart(3, '0')}Z`;

/** An event as structured CloudEvents JSON, as `sample-company.md` shows it. */
export function toStructured({
  id,
  source,
  type,
  account,
  time: at,
  outcome,
  userId,
  context,
  properties,
}: OracleEvent): Buffer {
  return Buffer.from(
    JSON.stringify({
      specversion: '1.0',
      id,
      source,
      type,
      subject: account,
      time: time(at),
      datacontenttype: 'application/json',
      data: { outcome, userId, productLine: 'core', context, properties },
    }),
  );
}
