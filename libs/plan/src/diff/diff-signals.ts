import type { Plan, ReasonDefinition, SignalDefinition } from '../model.js';
import { formatDuration } from '../text/duration.js';
import { sameMeaning } from './diff-windows.js';
import { matchNames } from './match-names.js';
import type { Audience, Tell } from './plan-change.js';

const READERS: Audience[] = ['customer success', 'analysts'];

export function diffSignals(before: Plan, after: Plan, tell: Tell): void {
  const { added, removed, kept } = matchNames(before.signals, after.signals, ({ name }) => name);
  for (const { name } of added) tell('added', `signals/${name}`, false, READERS, `There is a signal ${name}.`);
  for (const { name } of removed) {
    tell('removed', `signals/${name}`, true, READERS, `There is no signal ${name} any more.`);
  }
  for (const [old, now] of kept) {
    diffSignal(old, now, tell);
    diffReasons(old, now, tell);
  }
}

function diffSignal(before: SignalDefinition, after: SignalDefinition, tell: Tell): void {
  const path = `signals/${after.name}`;
  if (before.cooldown !== after.cooldown) {
    const [was, is] = [before, after].map(({ cooldown }) => formatDuration(cooldown));
    const message = `A reason of ${after.name} was silent for ${was} after its end, now for ${is}.`;
    tell('tuned', `${path}/cooldown`, false, READERS, message);
  }
  for (const field of ['owner', 'successCriterion', 'description'] as const) {
    if (before[field] === after[field]) continue;
    tell('reworded', `${path}/${field}`, false, READERS, `${after.name}: "${before[field]}" is now "${after[field]}".`);
  }
}

function diffReasons(before: SignalDefinition, after: SignalDefinition, tell: Tell): void {
  const { added, removed, kept } = matchNames(before.reasons, after.reasons, ({ code }) => code);
  const at = (code: string): string => `signals/${after.name}/reasons/${code}`;
  for (const { code } of added) {
    tell('added', at(code), false, READERS, `${after.name} may now open for the reason ${code}.`);
  }
  for (const { code } of removed) {
    tell('removed', at(code), true, READERS, `${after.name} no longer opens for the reason ${code}.`);
  }
  for (const [old, now] of kept) diffReason(old, now, at(now.code), tell);
}

function diffReason(before: ReasonDefinition, after: ReasonDefinition, path: string, tell: Tell): void {
  const { code } = after;
  if (before.condition.kind !== after.condition.kind) {
    const message = `${code} was ${before.condition.kind}, now is ${after.condition.kind}.`;
    tell('redefined', `${path}/when`, true, READERS, message);
  } else if (!sameMeaning(before.condition, after.condition)) {
    tell('tuned', `${path}/when`, false, READERS, `${code} opens or ends under other terms than before.`);
  }
  if (before.severity !== after.severity) {
    const message = `${code} was of ${before.severity} severity, now is of ${after.severity}.`;
    tell('tuned', `${path}/severity`, false, READERS, message);
  }
  if (before.text !== after.text) {
    tell('reworded', `${path}/text`, false, ['customer success'], `${code} now says: ${after.text}`);
  }
}
