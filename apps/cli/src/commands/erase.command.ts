import { erasureRemoved } from '@milepost/clickhouse';
import { formatTime, sha256 } from '@milepost/contracts';
import { writeControl } from '@milepost/runtime';
import type { Connections } from '../connections.js';
import { ErasureProgress } from '../erase/erasure-progress.js';
import { erasureOf } from '../erase/erasure-of.js';
import { print, Progress } from '../output.js';
import type { Output } from '../output.js';

interface Report {
  account: string;
  accountHash: string;
  sequence: number;
  by: string;
  reason: string;
  requestedAt: string;
  doneAt: string | null;
  /** Rows taken out of ClickHouse, by kind. */
  removed: { kind: string; rows: number }[];
  /** Empty when the account is gone everywhere. */
  left: string[];
}

const STALLED_MS = 60_000;
const POLL_MS = 300;

/**
 * Erases an account: writes the control record and waits until every service has done its part. Exit code 1 when they do
 * not get on; the record is written then, and what is left happens once they run.
 */
export async function erase(
  connections: Connections,
  account: string,
  options: Output & { reason: string; by: string },
): Promise<void> {
  const clickhouse = connections.clickhouse();
  const redis = await connections.redis();
  const erasure = erasureOf(account, options);
  const sequence = await writeControl(connections.kafka(), connections.addresses.topicPrefix, account, erasure);
  const left = await finished(new ErasureProgress(connections, redis, clickhouse, account, sequence));
  const report: Report = {
    account,
    accountHash: sha256(account),
    sequence,
    by: erasure.by,
    reason: erasure.reason,
    requestedAt: erasure.at,
    doneAt: left.length === 0 ? formatTime(Date.now() * 1000) : null,
    removed: await erasureRemoved(clickhouse, sequence),
    left,
  };
  print(options, report, () => describe(report));
  if (left.length > 0) process.exitCode = 1;
}

/** What is left when it is done, or when nothing moves any more. */
async function finished(erasure: ErasureProgress): Promise<string[]> {
  const progress = new Progress();
  let [least, since] = [Infinity, Date.now()];
  for (;;) {
    const left = await erasure.left();
    if (left.length === 0) return left;
    if (left.length < least) [least, since] = [left.length, Date.now()];
    if (Date.now() - since > STALLED_MS) return left;
    progress.say(`${erasure.steps - left.length} of ${erasure.steps} steps done; next: ${left[0]}`);
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
}

function describe({ account, sequence, removed, left }: Report): string {
  const took = removed.map(({ kind, rows }) => `  ${rows.toLocaleString('en')} ${kind}`);
  const rows = took.length > 0 ? ['Taken out of ClickHouse:', ...took] : ['ClickHouse had nothing of it.'];
  if (left.length > 0) {
    return [
      `${account} is not erased yet (control record ${sequence}). Are milestones, signals and warehouse running? Left:`,
      ...left.map((one) => `  ${one}`),
      ...rows,
    ].join('\n');
  }
  return [
    `${account} is erased (control record ${sequence}). Its state is gone from Redis, its triggers are resolved and buried.`,
    ...rows,
    'Kafka still holds its raw records: see docs/adr/0007-erasure.md for what to do about them.',
  ].join('\n');
}
