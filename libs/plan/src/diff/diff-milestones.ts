import type { Plan } from '../model.js';
import { sameMeaning, windowText } from './diff-windows.js';
import { matchNames } from './match-names.js';
import type { Tell } from './plan-change.js';

export function diffMilestones(before: Plan, after: Plan, tell: Tell): void {
  const { added, removed, kept } = matchNames(before.milestones, after.milestones, ({ name }) => name);
  for (const { name } of added) {
    const message = `There is a milestone ${name}; accounts that meet it already have reached it.`;
    tell('added', `milestones/${name}`, false, ['customer success', 'analysts'], message);
  }
  for (const { name } of removed) {
    const message = `There is no milestone ${name} any more.`;
    tell('removed', `milestones/${name}`, true, ['customer success', 'analysts'], message);
  }
  for (const [old, now] of kept) {
    const path = `milestones/${now.name}`;
    if (!sameMeaning(old.condition, now.condition)) {
      const message = `${now.name} is reached by something else than before.`;
      tell('redefined', `${path}/reached`, true, ['customer success', 'analysts'], message);
    }
    if (!sameMeaning(old.expectedWithin, now.expectedWithin)) {
      const [was, is] = [old, now].map(({ expectedWithin }) => windowText(expectedWithin));
      const message = `${now.name} was expected within ${was}, now within ${is}.`;
      tell('tuned', `${path}/expectedWithin`, false, ['customer success', 'analysts'], message);
    }
    if (old.description !== now.description) {
      const message = `${now.name}: the description changed.`;
      tell('reworded', `${path}/description`, false, ['customer success', 'analysts'], message);
    }
  }
}
