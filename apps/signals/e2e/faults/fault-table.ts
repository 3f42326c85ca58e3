import { afterAll, describe, it } from '@jest/globals';
import { compare } from './comparison.js';
import type { CompareOptions, Compared } from './comparison.js';
import { FaultRun } from './fault-run.js';
import { roughLoad } from './load.js';
import type { Load } from './load.js';
import { World } from './world.js';

/** `npm run test:faults` sets it; otherwise one fault of each kind runs, once. */
const ALL = process.env['MILEPOST_FAULTS'] === 'all';
const TIMEOUT_MS = 900_000;
const ACCOUNTS = 150;

/** How often something is done: as often as asked for in the whole suite, once or so in everyday runs. */
export const times = (all: number, everyday = 1): number => (ALL ? all : everyday);

export interface Fault {
  name: string;
  /** Runs within `npm test` too. */
  everyday?: boolean;
  accounts?: number;
  /** Otherwise random accounts with everything that reality does to a stream. */
  load?: () => Load;
  /** How long history rests before it is judged; otherwise a short while. */
  historyRest?: string;
  /** Environment of the services. */
  settings?: (world: World) => Promise<Record<string, string>>;
  /** About how long it takes, milliseconds: the load is made to last so long. */
  lasts?: number;
  /** All of the load is in the log before the services start. */
  backlog?: boolean;
  /** So many arrivals come first and are judged, up to the present, before any other is sent. */
  first?: number;
  /** Happens while the second half of the load comes in, or while a backlog is worked off. */
  inject?: (run: FaultRun) => Promise<void>;
  /** What else must be so in the end. */
  check?: (run: FaultRun) => Promise<void>;
  compare?: CompareOptions;
}

/** Runs a table of faults, one after the other on one stack; after one that failed, on a new one. */
export function testFaults(
  kind: string,
  faults: readonly Fault[],
  open: () => Promise<World> = () => World.open(),
): void {
  describe(kind, () => {
    let world: World | undefined;
    afterAll(() => world?.close(), 60_000);

    for (const [seed, fault] of faults.entries()) {
      if (!ALL && !fault.everyday) continue;
      const test = async (): Promise<void> => {
        world ??= await open();
        try {
          await runFault(world, fault, seed + 1);
        } catch (error) {
          const { folder } = world;
          // At once: Jest says it when the whole file is done.
          process.stdout.write(`fault | ${fault.name} | FAILED: ${(error as Error).message}\n`);
          await world.close(true);
          world = undefined;
          throw new Error(`${(error as Error).message}\nLogs and data are kept in ${folder}`, { cause: error });
        }
      };
      it(fault.name, test, TIMEOUT_MS);
    }
  });
}

async function runFault(world: World, fault: Fault, seed: number): Promise<void> {
  const began = Date.now();
  const load = fault.load?.() ?? roughLoad(fault.accounts ?? ACCOUNTS, seed);
  const { historyRest } = fault;
  const run = await FaultRun.prepare(world, { load, settings: await fault.settings?.(world), historyRest });
  try {
    const { inject } = fault;
    if (fault.backlog) await run.feed.upTo(1);
    await run.startServices();
    if (fault.first) {
      await run.feed.upTo(fault.first / load.arrivals.length);
      await run.settle();
    }
    if (fault.backlog) await inject?.(run);
    else {
      await run.feed.upTo(0.5);
      if (inject) await run.feed.beside(fault.lasts ?? 15_000, () => inject(run));
      await run.feed.upTo(1);
    }
    await run.settle();
    await fault.check?.(run);
    report(fault.name, run, await compare(run, fault.compare), (Date.now() - began) / 1000);
  } finally {
    await run.stop();
  }
}

/** One line a fault. */
function report(name: string, { recoveries }: FaultRun, compared: Compared, seconds: number): void {
  const sorted = [...recoveries].sort((a, b) => a - b);
  const middle = sorted[Math.floor(sorted.length / 2)];
  const recovered =
    middle === undefined
      ? ''
      : sorted.length === 1
        ? `recovered in ${middle.toFixed(1)} s; `
        : `${sorted.length} recoveries, median ${middle.toFixed(1)} s, longest ${sorted.at(-1)!.toFixed(1)} s; `;
  const { records, accepted, rejected, triggers } = compared;
  const sums = `${records} records: ${accepted} accepted, ${rejected} rejected, ${triggers} trigger records`;
  process.stdout.write(`fault | ${name} | ${recovered}${sums} | ${seconds.toFixed(0)} s in all\n`);
}
