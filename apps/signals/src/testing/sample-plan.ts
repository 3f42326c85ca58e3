import { readdirSync, readFileSync } from 'node:fs';
import { loadPlan } from '@milepost/plan';
import type { Plan } from '@milepost/plan';

/** The sample company's plan, as the services read it. */
export function samplePlan(): Plan {
  const folder = 'plan';
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const loaded = loadPlan(files.map((name) => ({ path: name, text: readFileSync(`${folder}/${name}`, 'utf8') })));
  if (!('plan' in loaded)) throw new Error(JSON.stringify(loaded.problems));
  return loaded.plan;
}
