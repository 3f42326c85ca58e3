import { TOPICS } from '@milepost/contracts';
import type { PlanPath } from '../load/problem.js';
import type { ReasonDefinition, SignalCondition, SignalDefinition } from '../model.js';
import type { WrittenSignal } from '../schema/signal.schema.js';
import { suggestion } from '../text/nearest-name.js';
import { PLACEHOLDERS, hasWindow, milestoneOf } from '../text/reason-text.js';
import { compileSignalCondition } from './compile-signal-condition.js';
import type { PlanScope } from './plan-scope.js';

const TOPIC_PREFIX = 'onboarding.signals.';
const SIGNALS = Object.values(TOPICS)
  .filter((topic) => topic.startsWith(TOPIC_PREFIX))
  .map((topic) => topic.slice(TOPIC_PREFIX.length));

export function compileSignals(scope: PlanScope): SignalDefinition[] {
  return Object.entries(scope.written.signals ?? {}).map(([name, written]) => {
    const path = ['signals', name];
    if (!SIGNALS.includes(name)) {
      scope.report(path, `No topic carries the signal "${name}"; want ${SIGNALS.join(' or ')}.`);
    }
    const { description, owner, successCriterion, cooldown } = written;
    const reasons = written.reasons.flatMap((reason, i) => {
      const at = [...path, 'reasons', i];
      const first = written.reasons.findIndex(({ code }) => code === reason.code);
      if (first < i) scope.report([...at, 'code'], `"${reason.code}" is a reason of ${name} already.`);
      return compileReason(reason, at, scope);
    });
    return { name, description, owner, successCriterion, cooldown, reasons };
  });
}

function compileReason(
  { code, severity, when, text }: WrittenSignal['reasons'][number],
  path: PlanPath,
  scope: PlanScope,
): ReasonDefinition[] {
  const condition = compileSignalCondition(when, [...path, 'when'], scope, 1);
  if (condition === null) return [];
  if (!canEnd(condition)) scope.report([...path, 'when'], 'Never ends: a milestone that is reached stays so.');
  checkText(text, condition, [...path, 'text'], scope);
  return [{ code, severity, text, condition }];
}

/** `all` ends with its first part, `any` with its last. */
function canEnd(condition: SignalCondition): boolean {
  if (condition.kind === 'all') return condition.parts.some(canEnd);
  if (condition.kind === 'any') return condition.parts.every(canEnd);
  return condition.kind !== 'reached';
}

function checkText(text: string, condition: SignalCondition, path: PlanPath, scope: PlanScope): void {
  for (const [placeholder, name] of text.matchAll(/\{([^{}]*)\}/g)) {
    if (!(PLACEHOLDERS as readonly string[]).includes(name!)) {
      scope.report(path, `Nothing is put in for ${placeholder}${suggestion(name!, PLACEHOLDERS)}.`);
    } else if (name === 'window' ? !hasWindow(condition) : milestoneOf(condition) === null) {
      scope.report(path, `Says ${placeholder}, but its condition has no ${name}.`);
    }
  }
}
