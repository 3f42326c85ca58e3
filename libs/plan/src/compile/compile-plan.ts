import { SECOND } from '@milepost/contracts';
import type { WrittenPlan } from '../load/plan-source.js';
import type { Plan } from '../model.js';
import { compileEvents } from './compile-events.js';
import { compileMilestones } from './compile-milestones.js';
import { compileSegments } from './compile-segments.js';
import { compileSignals } from './compile-signals.js';
import { PlanScope } from './plan-scope.js';
import type { Report } from './plan-scope.js';
import { planVersion } from './plan-version.js';

const HISTORY_REST = 30 * SECOND;

/** The plan that deciders use. Worth something only when nothing was reported. */
export function compilePlan(written: WrittenPlan, report: Report): Plan {
  const scope = new PlanScope(written, report);
  const { start, end } = written.lifecycle;
  scope.event(start, ['lifecycle', 'start']);
  scope.event(end, ['lifecycle', 'end']);
  if (start === end) report(['lifecycle', 'end'], 'The same event starts and ends an account.');
  const plan: Omit<Plan, 'version'> = {
    name: written.name,
    deduplicationWindow: written.deduplicationWindow,
    historyRest: written.historyRest ?? HISTORY_REST,
    unplannedProperties: written.unplannedProperties ?? 'keep',
    productLines: [...new Set(written.productLines)],
    lifecycle: { start, end },
    events: compileEvents(scope),
    ...compileSegments(scope),
    milestones: compileMilestones(scope),
    signals: compileSignals(scope),
  };
  return { version: planVersion(plan), ...plan };
}
