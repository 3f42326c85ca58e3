import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { describeTopologies, milestonesTopology, signalsTopology } from '@milepost/onboarding';
import { findPlan } from './connections.js';

const read = (path: string): string => readFileSync(path, 'utf8');

describe('Pages that are made from code', () => {
  it('docs/topology.md is what the topologies say (npm run docs:topology writes it)', () => {
    const { plan } = findPlan({});
    const topologies = [milestonesTopology(plan), signalsTopology(plan)];
    expect(read('docs/topology.md')).toBe(describeTopologies(topologies as never, plan));
  });

  it('the README shows the examples as they are run', () => {
    const readme = read('README.md');
    expect(readme).toContain(read('docs/examples/first_event.py').trimEnd());
    expect(readme).toContain(read('docs/examples/first-event.mjs').trimEnd());
  });
});
