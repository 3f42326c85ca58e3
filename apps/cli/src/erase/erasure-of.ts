import { randomUUID } from 'node:crypto';
import { formatTime } from '@milepost/contracts';
import type { Erase } from '@milepost/contracts';
import { UsageError } from '../connections.js';

const MOST = { account: 512, reason: 500, by: 200 };

/** The control record, checked for what must not be kept for ever. */
export function erasureOf(account: string, { reason, by }: { reason: string; by: string }): Erase {
  const said = { account, reason, by };
  for (const [name, most] of Object.entries(MOST)) {
    const found = said[name as keyof typeof said].length;
    if (found > most) throw new UsageError(`${name}: found ${found} characters; want at most ${most}.`);
  }
  if (account === '' || by === '') throw new UsageError('Want an account, and with --by who asks for its erasure.');
  if (reason.includes(account) || by.includes(account))
    throw new UsageError('Leave the account out of --reason and --by: they are kept for ever, also in ClickHouse.');
  return { kind: 'erase', id: randomUUID(), account, reason, by, at: formatTime(Date.now() * 1000) };
}
