import { relative } from 'node:path';
import { DataDirInUse } from '../data-dir-lock.js';
import { CommandFailed } from './child-process.js';
import { Deployment, Stopped } from './deployment.js';
import { HELP, readOptions, UsageError } from './options.js';
import type { StartOptions } from './options.js';
import { BEGAN_AT, stopwatch } from './stopwatch.js';

/** A terminal and npm both pass one Ctrl-C on: what comes this soon after is the same one. */
const SAME_SIGNAL_MS = 1_000;

const timed = stopwatch(process.env[BEGAN_AT], Date.now);
const say = (line: string): void => {
  process.stdout.write(`${timed(line)}\n`);
};

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === null) {
    process.stdout.write(`${HELP}\n`);
    return;
  }
  const deployment = new Deployment(options, say);
  const stopAsked = onSignal(() => deployment.interrupt());
  try {
    await deployment.start();
    tellWhere(deployment, options);
    await stopAsked;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    await deployment.stop();
  }
  say('Stopped. The data is kept; `npm start` goes on with it.');
}

/** Resolves at the first Ctrl-C, SIGTERM, or end of whoever started us; a second one ends at once. */
function onSignal(interrupt: () => void): Promise<void> {
  return new Promise((done) => {
    let first = 0;
    const handle = (): void => {
      if (first === 0) {
        first = Date.now();
        say('Stopping; once more to force');
        interrupt();
        done();
      } else if (Date.now() - first > SAME_SIGNAL_MS) {
        say('Forced');
        process.exit(130); // The parts are told to end as this process exits.
      }
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
    process.once('disconnect', handle);
  });
}

function tellWhere({ stack, services }: Deployment, { dataDir }: StartOptions): void {
  const { kafka, redis, clickhouse } = stack!.addresses;
  const lines = [
    ['Kafka', kafka.brokers.join(', ')],
    ['Redis', redis.url],
    ['ClickHouse', clickhouse.url],
    ...Object.entries(services).map(([name, { url }]) => [name, `${url}/health/ready  ${url}/metrics`]),
    ['questions', `${services['insights']?.url}/v1/milestones  docs/insights.md`],
    ['', 'answer up to their `sample.asOf`; all of the sample within a minute'],
    ['logs', relative(process.cwd(), `${dataDir}/logs`)],
    ['', ''],
    ['npx milepost watch', 'triggers as they come'],
    ['npx milepost account ID', 'the journey of an account'],
    ['npx milepost reconcile', 'whether every record is accounted for'],
  ];
  say('Milepost runs; Ctrl-C ends it');
  for (const [name, value] of lines) process.stdout.write(`  ${name!.padEnd(24)} ${value}\n`);
}

main().then(
  () => process.exit(0),
  (error: Error) => {
    const known = [UsageError, DataDirInUse, CommandFailed].some((kind) => error instanceof kind);
    process.stderr.write(`${known ? error.message : (error.stack ?? error.message)}\n`);
    process.exit(1);
  },
);
