import { parseTime } from '@milepost/contracts';
import type { ActivateModel, Micros, ModelKind } from '@milepost/contracts';
import { byInstant } from './model-schedule.js';

/** A version in force for `[since, until)`, event time; `until` null: to this day. `version` null: none was. */
export interface TimeInForce {
  version: string | null;
  since: Micros;
  until: Micros | null;
}

/**
 * Which versions of a kind were in force when, the oldest first, once all partitions have come so far. By the instants
 * that the records name and not by their order in the log: so the schedule has it that accounts are scored by.
 */
export function timesInForce(list: readonly ActivateModel[], kind: ModelKind): TimeInForce[] {
  const changes = byInstant(list.filter(({ model }) => model === kind).map(({ version, at }) => ({ version, from: parseTime(at)! }))); // prettier-ignore
  const times: TimeInForce[] = [];
  for (const [i, { version, from }] of changes.entries()) {
    const isOvertaken = changes[i + 1]?.from === from;
    const last = times.at(-1);
    if (isOvertaken || last?.version === version) continue;
    if (last) last.until = from;
    times.push({ version, since: from, until: null });
  }
  return times;
}

/** The version in force of a kind once all partitions have come so far; null: none. */
export const versionInForce = (list: readonly ActivateModel[], kind: ModelKind): string | null =>
  timesInForce(list, kind).at(-1)?.version ?? null;

/**
 * The version that was in force before the one that is: one step back each time, and in the end none. A roll-back is a
 * record too, so what counts is which versions were new when they were activated.
 */
export function versionBefore(list: readonly ActivateModel[], kind: ModelKind): string | null {
  const steps: (string | null)[] = [null];
  for (const { version } of timesInForce(list, kind)) {
    if (version === steps.at(-1)) continue;
    if (version === steps.at(-2)) steps.pop();
    else steps.push(version);
  }
  return steps.at(-2) ?? null;
}

/** From when a new activation counts: now, or with the latest of its kind where that clock was ahead of ours. */
export const activationInstant = (list: readonly ActivateModel[], kind: ModelKind, now: Micros): Micros =>
  Math.max(now, ...list.filter(({ model }) => model === kind).map(({ at }) => parseTime(at)!));
