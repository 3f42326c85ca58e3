import type { Plan } from '../model.js';
import { loadPlan } from './load-plan.js';
import type { PlanFileText } from './plan-source.js';
import type { Problem } from './problem.js';

export interface Proposal {
  /** The plan with the proposal in it. */
  plan: Plan;
  /** Names of the signals that differ from the plan's. */
  signals: string[];
}

/** A file of proposed entries, read as a part of the plan: `files` are those of `current`, the plan in force. */
export function loadProposal(
  files: readonly PlanFileText[],
  current: Plan,
  { path, text }: PlanFileText,
): Proposal | { problems: Problem[] } {
  const loaded = loadPlan([...files, { path, text, proposed: true }]);
  if ('problems' in loaded) return loaded;
  const known = new Map(current.signals.map((signal) => [signal.name, JSON.stringify(signal)]));
  const changed = loaded.plan.signals.filter((one) => known.get(one.name) !== JSON.stringify(one));
  return { plan: loaded.plan, signals: changed.map(({ name }) => name) };
}
