import type { PlanPath } from '../load/problem.js';
import type { SignalCondition } from '../model.js';
import { SIGNAL_KINDS } from '../schema/signal.schema.js';
import type { WrittenSignalCondition } from '../schema/signal.schema.js';
import { DEEPEST } from './compile-milestones.js';
import { compileSelector } from './compile-selector.js';
import { compileWindow } from './compile-window.js';
import type { PlanScope } from './plan-scope.js';

type Of<K extends keyof WrittenSignalCondition> = NonNullable<WrittenSignalCondition[K]>;

/** Null when the condition has a problem that leaves nothing to compile. */
export function compileSignalCondition(
  written: WrittenSignalCondition,
  path: PlanPath,
  scope: PlanScope,
  depth: number,
): SignalCondition | null {
  const kind = scope.kind(written, SIGNAL_KINDS, path);
  if (kind === null) return null;
  const at = [...path, kind];
  switch (kind) {
    case 'stalled':
    case 'reached':
      scope.milestone(written[kind]!, at);
      return { kind, milestone: written[kind]! };
    case 'quiet':
      return compileQuiet(written.quiet!, at, scope);
    case 'failureShare':
      return compileFailureShare(written.failureShare!, at, scope);
    case 'count':
      return compileCount(written.count!, at, scope);
    case 'eventUntilEvent':
      return compileEventUntilEvent(written.eventUntilEvent!, at, scope);
    default: {
      if (depth >= DEEPEST) scope.report(at, `Conditions nest more than ${DEEPEST} deep.`);
      const parts = written[kind]!.map((part, i) => compileSignalCondition(part, [...at, i], scope, depth + 1));
      return { kind, parts: parts.filter((part) => part !== null) };
    }
  }
}

function compileQuiet(written: Of<'quiet'>, path: PlanPath, scope: PlanScope): SignalCondition {
  const { after = null, for: during, ...selector } = written;
  if (after !== null) scope.milestone(after, [...path, 'after']);
  const window = compileWindow(during, [...path, 'for'], scope);
  return { kind: 'quiet', select: compileSelector(selector, path, scope), after, window };
}

function compileFailureShare(written: Of<'failureShare'>, path: PlanPath, scope: PlanScope): SignalCondition {
  const { atLeast, within, over, ends, ...selector } = written;
  const select = compileSelector(selector, path, scope);
  const other = select.types.find((type) => scope.written.events[type]?.coreAction === false);
  if (other !== undefined) scope.report(path, `Outcome matters for core actions only, and "${other}" is none.`);
  if (over >= 1) scope.report([...path, 'over'], 'Never opens: no share is above 1.');
  if (ends.share > over) {
    scope.report([...path, 'ends', 'share'], `Ends at ${ends.share}, above the ${over} at which it opens.`);
  }
  return {
    kind: 'failure-share',
    select,
    atLeast,
    within,
    over,
    recoverLast: ends.last,
    recoverShare: ends.share,
  };
}

function compileCount(written: Of<'count'>, path: PlanPath, scope: PlanScope): SignalCondition {
  const { atLeast, within, endsBelow, ...selector } = written;
  if (endsBelow > atLeast) {
    scope.report([...path, 'endsBelow'], `Ends below ${endsBelow}, but opens at ${atLeast}; want at most ${atLeast}.`);
  }
  return { kind: 'count', select: compileSelector(selector, path, scope), atLeast, within, endsBelow };
}

function compileEventUntilEvent(written: Of<'eventUntilEvent'>, path: PlanPath, scope: PlanScope): SignalCondition {
  const { until, expiresAfter, ...selector } = written;
  const select = compileSelector(selector, path, scope);
  const closing = compileSelector(until, [...path, 'until'], scope);
  const both = select.types.find((type) => closing.types.includes(type));
  if (both !== undefined && (select.outcome ?? closing.outcome) === (closing.outcome ?? select.outcome)) {
    scope.report([...path, 'until'], `"${both}" would open it and end it at once.`);
  }
  return { kind: 'event-until-event', select, until: closing, expiresAfter };
}
