import { CONTROL_HEADER, DAY, journeyPageCodec, TOPICS } from '@milepost/contracts';
import type { Micros, Trigger } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import { headerText } from '@milepost/stream';
import type { Decoded, LogRecord, OutRecord, Sink, Topology } from '@milepost/stream';
import { NO_MODELS_IN_FORCE } from '../models/model-schedule.js';
import type { ModelsInForce } from '../models/model-schedule.js';
import { decodeMarker, tombstoneSink } from '../markers.js';
import { SignalsDecider } from './signals.decider.js';
import type { SignalsInput } from './signals.decider.js';
import { signalsStateCodec } from './signals-state.js';
import type { SignalsState } from './signals-state.js';
import { tombstonesOf } from './tombstones.js';
import type { TriggerBody } from './trigger-writer.js';

export const signalTopic = (signal: string): string => `onboarding.signals.${signal}`;

/**
 * Journey in, triggers out: each once, explained, withdrawn when it stops being true. `models` says of each record with
 * which models it is decided.
 */
export function signalsTopology(
  plan: Plan,
  models: ModelsInForce = NO_MODELS_IN_FORCE,
): Topology<SignalsState, SignalsInput> {
  const decider = new SignalsDecider(plan);
  const sinks = plan.signals.flatMap(({ name }): [string, Sink][] => [
    [name, { topic: signalTopic(name), mode: 'record', encode: (body, at) => encodeTrigger(body as TriggerBody, at) }],
    [tombstonesOf(name), tombstoneSink(signalTopic(name))],
  ]);
  return {
    name: 'signals',
    version: '1',
    source: TOPICS.journey,
    description: 'Folds the journey, judges every reason in stream time, announces triggers and withdraws them.',
    decode: decodePage,
    state: signalsStateCodec(plan),
    decide: (state, account, input, context) =>
      decider.decide(state, account, input, context, models.scheduleAt(context)),
    decideDue: (state, account, context) => decider.decideDue(state, account, context, models.scheduleAt(context)),
    sinks: Object.fromEntries(sinks),
  };
}

function decodePage(record: LogRecord): Decoded<SignalsInput> {
  const header = headerText(record.headers, CONTROL_HEADER);
  if (header !== undefined) return decodeMarker(record, header, (marker) => marker);
  const where = `Journey page at partition ${record.partition}, offset ${record.offset}`;
  const { facts, clock } = journeyPageCodec.decodeOwn(record.value ?? Buffer.alloc(0), where);
  return { kind: 'inputs', inputs: facts.map((fact) => ({ account: fact.event.accountId, input: fact })), clock };
}

/** A CloudEvent in binary mode, keyed by account. */
function encodeTrigger({ trigger, at, past }: TriggerBody, publishedAt: Micros): OutRecord {
  const value: Trigger = { ...trigger, live: !past && publishedAt - at <= DAY };
  return {
    topic: signalTopic(trigger.signal),
    partition: null,
    key: Buffer.from(trigger.account),
    value: Buffer.from(JSON.stringify(value)),
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: trigger.id,
      ce_source: '//milepost/signals',
      ce_type: `onboarding.signal.${trigger.status}`,
      ce_subject: trigger.account,
      ce_time: trigger.at,
    },
    timestamp: null,
  };
}
