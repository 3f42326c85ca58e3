import {
  CONTROL_HEADER,
  decodeControl,
  decodeEvent,
  framePage,
  journeyPageCodec,
  partitionOf,
  PARTITIONS,
  TOPICS,
  writeFact,
} from '@milepost/contracts';
import type { EncodedFact } from '@milepost/contracts';
import { compileValidator } from '@milepost/plan';
import type { Plan } from '@milepost/plan';
import { headerText } from '@milepost/stream';
import type { Decoded, LogRecord, Topology } from '@milepost/stream';
import { encodeRejection } from './rejection.js';
import { decodeMarker, markerSink } from '../markers.js';
import type { ErasureMarker } from '../markers.js';
import { MilestonesDecider } from './milestones.decider.js';
import type { MilestonesInput } from './milestones.decider.js';
import { milestonesStateCodec } from './milestones-state.js';
import type { MilestonesState } from './milestones-state.js';

/** Events in, journey out: decodes, validates against the plan, removes duplicates, folds milestones. */
export function milestonesTopology(plan: Plan): Topology<MilestonesState, MilestonesInput> {
  const decider = new MilestonesDecider(plan);
  const validate = compileValidator(plan);

  const decode = (record: LogRecord): Decoded<MilestonesInput> => {
    const { key, value, timestamp, headers } = record;
    const header = headerText(headers, CONTROL_HEADER);
    if (header !== undefined)
      return decodeMarker(record, header, (marker) => ({ ...marker, home: isHome(marker, record) }), 'markers');
    const decoded = decodeEvent({ key, value, timestamp, header: (name) => headerText(headers, name) });
    if ('violations' in decoded) return { kind: 'rejected', violations: decoded.violations };
    const home = partitionOf(decoded.key, PARTITIONS);
    if (home !== record.partition) return { kind: 'misplaced', partition: home };
    const violations = validate(decoded.event);
    if (violations.length > 0) return { kind: 'rejected', violations };
    return { kind: 'inputs', inputs: [{ account: decoded.event.accountId, input: decoded }], clock: null };
  };

  return {
    name: 'milestones',
    version: '1',
    source: TOPICS.events,
    description: 'Decodes and validates events, removes duplicates, folds milestones, writes the journey.',
    decode,
    state: milestonesStateCodec(plan),
    decide: (state, _account, input, context) => decider.decide(state, input, context),
    sinks: {
      journey: {
        topic: TOPICS.journey,
        mode: 'page',
        write: (body, to) => writeFact(body as EncodedFact, to),
        frame: (count, facts, clock) => framePage(plan.version, count, facts, clock),
        cutPage: (value, from) => {
          if ('record' in decodeControl(value)) return value;
          const page = journeyPageCodec.decodeOwn(value, 'A page in the outbox');
          const facts = page.facts.filter(({ sourceOffset }) => sourceOffset >= from);
          return journeyPageCodec.encode({ ...page, facts });
        },
      },
      markers: markerSink(TOPICS.journey),
      'rejected-markers': markerSink(TOPICS.rejected),
    },
    rejects: { topic: TOPICS.rejected, encode: encodeRejection },
    checksMarkers: true,
    clockSink: 'journey',
  };
}

const isHome = ({ control }: ErasureMarker, { partition }: LogRecord): boolean =>
  partitionOf(Buffer.from(control.account), PARTITIONS) === partition;
