import type { Outcome } from '@milepost/contracts';
import { parseDuration } from './duration.js';
import type {
  EventDefinition,
  MilestoneCondition,
  Plan,
  SegmentDefinition,
  Selector,
  SignalCondition,
  Window,
} from './model.js';
import type { MilestoneYaml, PlanYaml, SignalYaml } from './schema.js';

export const CORE_ACTIONS = 'core-actions';

/** A checked YAML plan in the form that deciders read. The version is put on by the caller. */
export function compilePlan(yaml: PlanYaml): Omit<Plan, 'version'> {
  const events = Object.fromEntries(Object.entries(yaml.events).map(([type, one]) => [type, eventOf(type, one, yaml)]));
  const core = Object.values(events).filter(({ coreAction }) => coreAction);
  const types = (event: string | string[]): string[] =>
    [event].flat().flatMap((one) => (one === CORE_ACTIONS ? core.map(({ type }) => type) : [one]));
  const select = ({ event, outcome }: { event: string | string[]; outcome?: Outcome }): Selector => ({
    types: types(event),
    outcome: outcome ?? null,
  });
  return {
    name: yaml.name,
    deduplicationWindow: micros(yaml.deduplicationWindow),
    unplannedProperties: yaml.unplannedProperties,
    productLines: yaml.productLines,
    lifecycle: yaml.lifecycle,
    events,
    segments: segmentsOf(yaml),
    unknownSize: yaml.unknownSize,
    milestones: yaml.milestones.map(({ name, description, condition, expectedWithin }) => ({
      name,
      description,
      condition: milestoneOf(condition, select),
      expectedWithin: windowOf(expectedWithin),
    })),
    signals: yaml.signals.map(({ cooldown, reasons, ...signal }) => ({
      ...signal,
      cooldown: micros(cooldown),
      reasons: reasons.map(({ condition, ...reason }) => ({ ...reason, condition: signalOf(condition, select) })),
    })),
  };
}

const micros = (text: string): number => parseDuration(text)!;

function windowOf(yaml: string | Record<string, string>): Window {
  if (typeof yaml === 'string') return { default: micros(yaml), bySegment: {} };
  const { default: fallback, ...others } = yaml;
  const bySegment = Object.fromEntries(Object.entries(others).map(([segment, text]) => [segment, micros(text)]));
  return { default: micros(fallback!), bySegment };
}

function segmentsOf(yaml: PlanYaml): SegmentDefinition[] {
  return yaml.segments.map(({ name, below }, i) => ({
    name,
    from: i === 0 ? 0 : (yaml.segments[i - 1]!.below ?? 0),
    below: below ?? null,
  }));
}

function eventOf(type: string, yaml: PlanYaml['events'][string], plan: PlanYaml): EventDefinition {
  const properties = Object.fromEntries(
    Object.entries(yaml.properties).map(([name, property]) => [
      name,
      {
        ...property,
        minimum: property.minimum ?? null,
        maximum: property.maximum ?? null,
        allowed: property.allowed ?? null,
      },
    ]),
  );
  return { ...yaml, type, productLines: yaml.productLines ?? plan.productLines, properties };
}

type Select = (yaml: { event: string | string[]; outcome?: Outcome }) => Selector;

function milestoneOf(yaml: MilestoneYaml, select: Select): MilestoneCondition {
  const within = yaml.within === undefined ? null : micros(yaml.within);
  const parts = (list: MilestoneYaml[]) => list.map((part) => milestoneOf(part, select));
  if ('count' in yaml) {
    return { kind: 'count', select: select(yaml.count), atLeast: yaml.count.atLeast, within };
  }
  if ('distinct' in yaml) {
    const { of, atLeast } = yaml.distinct;
    return { kind: 'distinct', select: select(yaml.distinct), of, atLeast, within };
  }
  if ('activeDays' in yaml) {
    const { atLeast, days } = yaml.activeDays;
    return { kind: 'active-days', select: select(yaml.activeDays), atLeast, days, within };
  }
  if ('all' in yaml) return { kind: 'all', parts: parts(yaml.all), within };
  if ('any' in yaml) return { kind: 'any', parts: parts(yaml.any), within };
  return { kind: 'sequence', parts: parts(yaml.sequence), within };
}

function signalOf(yaml: SignalYaml, select: Select): SignalCondition {
  if ('stalled' in yaml) return { kind: 'stalled', milestone: yaml.stalled };
  if ('reached' in yaml) return { kind: 'reached', milestone: yaml.reached };
  if ('quiet' in yaml) {
    const { after, for: window } = yaml.quiet;
    return { kind: 'quiet', select: select(yaml.quiet), after: after ?? null, window: windowOf(window) };
  }
  if ('failureShare' in yaml) {
    const { event, within, ...numbers } = yaml.failureShare;
    return { kind: 'failure-share', select: select({ event }), within: micros(within), ...numbers };
  }
  if ('count' in yaml) {
    const { atLeast, within, endsBelow } = yaml.count;
    return { kind: 'count', select: select(yaml.count), atLeast, within: micros(within), endsBelow };
  }
  if ('eventUntilEvent' in yaml) {
    const { event, until, expiresAfter } = yaml.eventUntilEvent;
    return {
      kind: 'event-until-event',
      select: select({ event }),
      until: select({ event: until }),
      expiresAfter: micros(expiresAfter),
    };
  }
  const parts = ('all' in yaml ? yaml.all : yaml.any).map((part) => signalOf(part, select));
  return { kind: 'all' in yaml ? 'all' : 'any', parts };
}
