import { DAY, journeyPageCodec, TOPICS } from '@milepost/contracts';
import type { Fact, Micros, Trigger } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import type { Decoded, LogRecord, OutRecord, Sink, Topology } from '@milepost/stream';
import { NO_MODELS_IN_FORCE } from '../models/model-schedule.js';
import type { ModelsInForce } from '../models/model-schedule.js';
import { SignalsDecider } from './signals.decider.js';
import { signalsStateCodec } from './signals-state.js';
import type { SignalsState } from './signals-state.js';
import type { TriggerBody } from './trigger-writer.js';

export const signalTopic = (signal: string): string => `onboarding.signals.${signal}`;

/**
 * Journey in, triggers out: each once, explained, withdrawn when it stops being true. `models` says of each record with
 * which models it is decided.
 */
export function signalsTopology(plan: Plan, models: ModelsInForce = NO_MODELS_IN_FORCE): Topology<SignalsState, Fact> {
  const decider = new SignalsDecider(plan);
  const sinks = plan.signals.map(({ name }): [string, Sink] => [
    name,
    { topic: signalTopic(name), mode: 'record', encode: (body, at) => encodeTrigger(body as TriggerBody, at) },
  ]);
  return {
    name: 'signals',
    version: '1',
    source: TOPICS.journey,
    description: 'Folds the journey, judges every reason in stream time, announces triggers and withdraws them.',
    decode: decodePage,
    state: signalsStateCodec(plan),
    decide: (state, account, fact, context) =>
      decider.decide(state, account, fact, context, models.scheduleAt(context)),
    decideDue: (state, account, context) => decider.decideDue(state, account, context, models.scheduleAt(context)),
    sinks: Object.fromEntries(sinks),
  };
}

function decodePage(record: LogRecord): Decoded<Fact> {
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
