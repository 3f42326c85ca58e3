import { writeFileSync } from 'node:fs';
import { describeTopologies, milestonesTopology, signalsTopology } from '@milepost/onboarding';
import type { Connections } from '../connections.js';
import { print } from '../output.js';
import type { Output } from '../output.js';

/** Prints the topologies of the plan, or writes them to the page that a test holds them to. */
export function topology({ plan }: Pick<Connections, 'plan'>, options: Output & { write?: string }): void {
  const topologies = [milestonesTopology(plan), signalsTopology(plan)];
  const text = describeTopologies(topologies as never, plan);
  if (options.write !== undefined) writeFileSync(options.write, text);
  else print(options, { text }, () => text);
}
