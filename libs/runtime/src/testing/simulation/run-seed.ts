import { unmarked } from '../../kafka/publisher-mark.js';
import { Chance } from '@milepost/simulator';
import { differences } from './check.js';
import { FAULTS } from './faults.js';
import { Scheduler } from './scheduler.js';
import { PARTITIONS, TOPIC, World } from './world.js';
import type { Kind } from './world.js';

const KINDS: Kind[] = ['clocked', 'timed', 'ranges'];
const STORE_FAULTS = ['lost tail', 'lost store'];
const PATIENCE = 4_000;

export interface Run {
  seed: number;
  kind: Kind;
  steps: number;
  faults: number;
  /** What is wrong; empty when all is well. */
  wrong: string[];
  trace: string[];
}

/** One run: a storm, then calm until everything is done, then a while for whatever is still on its way. */
export async function runSeed(seed: number, tracing = false): Promise<Run> {
  const scheduler = new Scheduler(new Chance(seed, 1), tracing);
  const kind = KINDS[seed % KINDS.length]!;
  const world = new World(kind, scheduler);
  const run: Run = { seed, kind, steps: 0, faults: 0, wrong: [], trace: scheduler.trace };
  const step = async (): Promise<boolean> => {
    run.steps++;
    return world.step();
  };
  await storm(world, run, step);
  scheduler.note('CALM');
  world.calm();
  for (let i = 0; !done(world); i++) {
    if (i === PATIENCE || !(await step()))
      return { ...run, wrong: [`stuck after ${run.steps} steps`, ...differences(world)] };
  }
  for (let i = 0; i < 60; i++) await step();
  if (!done(world)) run.wrong.push('what was done is undone');
  run.wrong.push(...differences(world));
  return run;
}

async function storm(world: World, run: Run, step: () => Promise<boolean>): Promise<void> {
  const { chance } = world;
  const bad = (): number => chance.between(0, 0.03);
  world.network.weather = { replyLost: bad(), late: bad(), neverArrives: bad(), slow: bad() };
  const length = chance.integer(60, 320);
  const possible = Object.keys(FAULTS).filter((name) => world.kind !== 'ranges' || !STORE_FAULTS.includes(name));
  // Few kinds in a run: what needs two of them close together is met more often than with all of them mixed.
  const names = Array.from({ length: chance.integer(1, 4) }, () => chance.pick(possible));
  const often = chance.between(0.005, 0.05);
  for (let i = 0; i < length; i++) {
    if (chance.happens(often)) {
      const name = chance.pick(names);
      world.scheduler.note(`FAULT ${name}`);
      FAULTS[name]!(world);
      run.faults++;
    }
    await step();
  }
}

function done({ log, stored, group, kind, control, allProduced }: World): boolean {
  if (!allProduced) return false;
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const last = log.partition(TOPIC, partition).committed().at(-1)?.offset ?? -1;
    const committed = log.committedOffset(group.id, TOPIC, partition);
    // Where there is nothing to write, nothing is committed.
    if (kind === 'ranges' && last < 0) continue;
    if (Number(committed?.offset ?? -1) <= last) return false;
    if (
      kind === 'ranges'
        ? unmarked(0, committed!.metadata).metadata !== ''
        : stored.current(partition).next !== Number(committed!.offset)
    ) {
      return false;
    }
    if (kind !== 'ranges' && stored.current(partition).control < control.length) return false;
  }
  return true;
}
