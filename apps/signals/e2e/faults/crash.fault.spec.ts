import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES } from '../instance.js';
import type { Service } from '../instance.js';
import type { FaultRun } from './fault-run.js';
import { testFaults, times } from './fault-table.js';
import { nextVersion } from './next-version.js';

const eachService = async (work: (service: Service) => Promise<void>): Promise<void> => {
  await Promise.all(SERVICES.map(work));
};

/** Nobody told it that it was dead: it goes on where it stood, with what it had in its hands. */
async function zombie(run: FaultRun, service: Service): Promise<void> {
  const first = run.services[service];
  const second = await run.join(service);
  await Promise.all([first.ready(), second.ready()]);
  await run.randomMoment(service);
  first.pause();
  await run.ownsAll(second);
  first.resume();
  await run.recovery([service]);
  await second.stop();
  await run.ownsAll(first);
}

async function joinAndLeave(run: FaultRun, service: Service): Promise<void> {
  const second = await run.join(service);
  await second.ready();
  await run.recovery([service]);
  await run.randomMoment(service);
  await second.stop();
  await run.recovery([service]);
}

const ADDED = `
  second-workflow:
    description: A second workflow exists.
    reached:
      distinct: { event: workflow.created, outcome: succeeded, of: workflowId, atLeast: 2 }
    expectedWithin: { default: 30 d }
`;

/** A new version of the plan, service by service: for a while old and new ones run side by side. */
async function changePlan(run: FaultRun): Promise<void> {
  appendFileSync(join(run.env['PLAN_DIR']!, 'milestones.yaml'), ADDED);
  for (const service of SERVICES) {
    await run.randomMoment(service);
    await run.restart(service);
    await run.recovery([service]);
  }
}

/** A service's partitions go over to an instance of another build, while the one of this build still runs, and all in the end. */
async function handOver(run: FaultRun, service: Service, plan: string, root?: string): Promise<void> {
  const old = run.services[service];
  const other = await run.join(service, { PLAN_DIR: plan }, root);
  await other.ready();
  await run.randomMoment(service);
  await old.stop();
  await run.ownsAll(other);
  run.services[service] = other;
  await run.recovery([service]);
}

/** To a version with other state schemas and another plan, and back again. */
async function upgradeAndBack(run: FaultRun): Promise<void> {
  const plan = run.env['PLAN_DIR']!;
  const next = join(run.world.folder, 'next-plan');
  cpSync(plan, next, { recursive: true });
  appendFileSync(join(next, 'milestones.yaml'), ADDED);
  const root = nextVersion(run.world.folder);
  for (const service of STATEFUL) await handOver(run, service, next, root);
  for (const service of STATEFUL) await handOver(run, service, plan);
}

const STATEFUL = ['milestones', 'signals'] as const;

testFaults('1–3. Crashes, zombies and rebalances', [
  {
    name: 'kill -9 of each service at random moments',
    everyday: true,
    lasts: times(20) * 12_000,
    inject: async (run) => {
      for (let i = times(20); i > 0; i--) {
        await eachService(async (service) => {
          await run.randomMoment(service);
          run.services[service].kill();
          await run.recovery([service]);
        });
      }
    },
  },
  {
    name: 'SIGSTOP past the session timeout, then SIGCONT',
    everyday: true,
    lasts: times(3) * 20_000,
    inject: async (run) => {
      for (let i = times(3); i > 0; i--) await eachService((service) => zombie(run, service));
    },
  },
  {
    name: '20 rebalances: second instances join and leave',
    everyday: true,
    lasts: times(10) * 20_000,
    inject: async (run) => {
      for (let i = times(10); i > 0; i--) await eachService((service) => joinAndLeave(run, service));
    },
  },
  {
    name: 'The plan gains a milestone between restarts',
    inject: changePlan,
    compare: { ignore: ['second-workflow'] },
  },
  {
    name: 'A version with other states and another plan takes over while this one runs, and back again',
    lasts: 40_000,
    inject: upgradeAndBack,
    compare: { ignore: ['second-workflow'] },
  },
]);
