import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatProblem, loadPlan } from '@milepost/plan';
import type { Plan, PlanFileText } from '@milepost/plan';
import { ConfigError } from './config.js';

export function readPlanFiles(folder: string): PlanFileText[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => ({ path: join(folder, name), text: readFileSync(join(folder, name), 'utf8') }));
}

/** The tracking plan of a folder. Throws a `ConfigError` with every mistake's file and line. */
export function loadPlanFolder(folder: string): Plan {
  const loaded = loadPlan(readPlanFiles(folder));
  if ('plan' in loaded) return loaded.plan;
  throw new ConfigError(`The tracking plan has problems:\n${loaded.problems.map(formatProblem).join('\n')}`);
}
