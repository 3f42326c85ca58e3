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
  else print(options, topologies.map(parts), () => text);
}

/** What a program may want to know of a topology. */
const parts = ({ name, version, description, source, sinks, rejects }: ReturnType<typeof milestonesTopology | typeof signalsTopology>) => ({ name, version, description, reads: source, writes: Object.values(sinks).map(({ topic, mode }) => ({ topic, mode })), rejects: rejects?.topic ?? null }); // prettier-ignore
