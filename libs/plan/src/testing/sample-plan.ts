import { readdirSync, readFileSync } from 'node:fs';
import type { PlanFileText } from '../load/plan-source.js';
import type { Plan } from '../model.js';
import { planOf } from './small-plan.js';

const FOLDER = new URL('../../../../plan/', import.meta.url);

/** The texts of the sample company's plan, Flowpeak's, from wherever tests run. */
export const samplePlanFiles = (): PlanFileText[] =>
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((path) => ({ path, text: readFileSync(new URL(path, FOLDER), 'utf8') }));

/** The sample company's plan, as the services read it. */
export const samplePlan = (): Plan => planOf(samplePlanFiles());
