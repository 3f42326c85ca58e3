import type { Plan } from '../model.js';
import { diffEvents } from './diff-events.js';
import { diffMilestones } from './diff-milestones.js';
import { diffSettings } from './diff-settings.js';
import { diffSignals } from './diff-signals.js';
import type { PlanChange, Tell } from './plan-change.js';

/** What changes for whom when one plan replaces another, breaking changes first. Empty for plans of equal version. */
export function diffPlans(before: Plan, after: Plan): PlanChange[] {
  const changes: PlanChange[] = [];
  const tell: Tell = (kind, path, breaking, concerns, message) =>
    changes.push({ kind, path, breaking, concerns: [...concerns], message });
  diffSettings(before, after, tell);
  diffEvents(before, after, tell);
  diffMilestones(before, after, tell);
  diffSignals(before, after, tell);
  return changes.sort((a, b) => Number(b.breaking) - Number(a.breaking));
}
