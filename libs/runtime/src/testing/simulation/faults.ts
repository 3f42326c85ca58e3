import type { World } from './world.js';
import { PARTITIONS } from './world.js';

type Fault = (world: World) => void;

const ofOne =
  (does: (world: World, process: World['processes'][0]) => void): Fault =>
  (world) => {
    const { living } = world;
    if (living.length > 0) does(world, world.chance.pick(living));
  };

/** The group notices a silence only after a while, and sometimes the silence ends before. */
const notice = (world: World): boolean => {
  const noticed = world.chance.happens(0.7);
  if (noticed) world.scheduler.plan('the group notices', () => world.group.rebalance(), world.scheduler.now + 60);
  return noticed;
};

const replace = (world: World): void => {
  const build = world.chance.integer(0, 1);
  world.scheduler.plan('a process starts', () => world.start(build), world.scheduler.now + 80);
};

export const FAULTS: Record<string, Fault> = {
  crash: ofOne((world, process) => {
    process.alive = false;
    notice(world);
    replace(world);
  }),
  freeze: ofOne((world, process) => {
    process.paused = true;
    const noticed = notice(world);
    const { scheduler } = world;
    const goOn = (): void => {
      process.paused = false;
      if (noticed) world.group.rebalance();
    };
    scheduler.plan(`${process.name} goes on`, goOn, scheduler.now + world.chance.integer(20, 600));
  }),
  'reader crashes': ofOne((_, process) => process.consumer.crash()),
  rebalance: (world) => world.group.rebalance(),
  deployment: ofOne((world, process) => {
    if (process.paused) return;
    void process.server.close().then(() => (process.alive = false));
    replace(world);
  }),
  'lost tail': (world) => {
    world.stored.loseLast(world.chance.integer(0, PARTITIONS - 1), world.chance.integer(1, 8));
    // Who takes the partition again folds in silence up to C; a new generation in the midst of it is worth meeting often.
    if (!world.chance.happens(0.3)) return;
    world.scheduler.plan('the group begins anew', () => world.group.rebalance(), world.scheduler.now + 150);
  },
  'lost store': (world) => world.stored.loseAll(),
  'transaction timeout': (world) => world.log.timeOut(),
};
