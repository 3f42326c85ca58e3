import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { WORKSPACE } from '../paths.js';
import type { StackKind } from '../stack.js';

export const HELP = `npm start -- [options]

Brings up Kafka, Redis and ClickHouse, migrates, starts every service, and feeds a sample company.

  --stack KIND   native, docker or external; otherwise the first that is there:
                 external (KAFKA_BROKERS, REDIS_URL and CLICKHOUSE_URL set), docker, native
  --no-sample    start empty: no sample company, no live trickle
  --fresh        forget the data first
  --data DIR     where data and logs are kept (default .milepost); commands and examples speak to the start that came
                 last, which .milepost/stack.json names
  --help         this text

Ctrl-C ends all of it; data stays, and the next start goes on with it. A second Ctrl-C does not wait.`;

export interface StartOptions {
  kind: StackKind | undefined;
  sample: boolean;
  fresh: boolean;
  dataDir: string;
}

export class UsageError extends Error {}

/** Null asks for help. */
export function readOptions(args: string[]): StartOptions | null {
  const options = {
    stack: { type: 'string' },
    'no-sample': { type: 'boolean', default: false },
    fresh: { type: 'boolean', default: false },
    data: { type: 'string', default: join(WORKSPACE, '.milepost') },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  const { values } = parse(() => parseArgs({ args, options, strict: true }));
  if (values.help) return null;
  const kind = values.stack;
  if (kind !== undefined && kind !== 'native' && kind !== 'docker' && kind !== 'external') {
    throw new UsageError(`--stack ${kind}: use native, docker or external.`);
  }
  return { kind, sample: !values['no-sample'], fresh: values.fresh, dataDir: resolve(values.data) };
}

function parse<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${HELP}`);
  }
}
