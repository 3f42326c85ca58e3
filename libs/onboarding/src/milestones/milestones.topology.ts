import { decodeEvent, journeyPageCodec, partitionOf, PARTITIONS, TOPICS } from '@milepost/contracts';
import type { Fact, OnboardingEvent } from '@milepost/contracts';
import { compileValidator } from '@milepost/plan';
import type { Plan } from '@milepost/plan';
import { headerText } from '@milepost/stream';
import type { Decoded, LogRecord, Topology } from '@milepost/stream';
import { encodeRejection } from './rejection.js';
import { MilestonesDecider } from './milestones.decider.js';
import { milestonesStateCodec } from './milestones-state.js';
import type { MilestonesState } from './milestones-state.js';

/** Events in, journey out: decodes, validates against the plan, removes duplicates, folds milestones. */
export function milestonesTopology(plan: Plan): Topology<MilestonesState, OnboardingEvent> {
  const decider = new MilestonesDecider(plan);
  const validate = compileValidator(plan);

  const decode = (record: LogRecord): Decoded<OnboardingEvent> => {
    const { key, value, timestamp, headers } = record;
    const decoded = decodeEvent({ key, value, timestamp, header: (name) => headerText(headers, name) });
    if ('violations' in decoded) return { kind: 'rejected', violations: decoded.violations };
    const home = partitionOf(decoded.key, PARTITIONS);
    if (home !== record.partition) return { kind: 'misplaced', partition: home };
    const violations = validate(decoded.event);
    if (violations.length > 0) return { kind: 'rejected', violations };
    return { kind: 'inputs', inputs: [{ account: decoded.event.accountId, input: decoded.event }], clock: null };
  };

  return {
    name: 'milestones',
    version: '1',
    source: TOPICS.events,
    description: 'Decodes and validates events, removes duplicates, folds milestones, writes the journey.',
    decode,
    state: milestonesStateCodec,
    decide: (state, _account, event, context) => decider.decide(state, event, context),
    sinks: {
      journey: {
        topic: TOPICS.journey,
        mode: 'page',
        encodePage: (bodies, clock) =>
          journeyPageCodec.encode({ planVersion: plan.version, facts: bodies as Fact[], clock }),
      },
    },
    rejects: { topic: TOPICS.rejected, encode: encodeRejection },
    clockSink: 'journey',
  };
}
