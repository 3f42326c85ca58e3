import type { Cause, Trigger } from '@milepost/contracts';
import { signalTopic } from '@milepost/onboarding';
import type { Plan, ReasonDefinition } from '@milepost/plan';
import type { Connections } from '../connections.js';
import { print } from '../output.js';
import type { Output } from '../output.js';

export interface WatchOptions extends Output {
  fromBeginning: boolean;
  /** Ends after so many triggers; for scripts. */
  limit: number;
}

/** Prints triggers as they come, until Ctrl-C. Reads without a group that anyone would have to clean up after. */
export async function watch(connections: Connections, options: WatchOptions): Promise<void> {
  const { topicPrefix, groupPrefix } = connections.addresses;
  const topics = connections.plan.signals.map(({ name }) => topicPrefix + signalTopic(name));
  const rules = reasonRules(connections.plan);
  const groupId = `${groupPrefix}-watch-${process.pid}-${Date.now()}`;
  const kafka = connections.kafka();
  const consumer = kafka.consumer({ groupId, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topics, fromBeginning: options.fromBeginning });
  const hint = options.fromBeginning ? '' : ' (--from-beginning shows those that are there)';
  if (!options.json) process.stderr.write(`Waiting for triggers${hint}; Ctrl-C ends it.\n`);
  let seen = 0;
  await new Promise<void>((done, fail) => {
    process.once('SIGINT', done);
    process.once('SIGTERM', done);
    const eachMessage = ({ message }: { message: { value: Buffer | null } }): Promise<void> => {
      if (message.value === null) return Promise.resolve();
      if (options.limit > 0 && seen >= options.limit) return Promise.resolve();
      const trigger = JSON.parse(message.value.toString('utf8')) as Trigger;
      print(options, trigger, () => describeTrigger(trigger, rules));
      if (++seen === options.limit) done();
      return Promise.resolve();
    };
    consumer.run({ autoCommit: false, eachMessage }).catch(fail);
  });
  await consumer.disconnect();
  const admin = kafka.admin();
  await admin.connect();
  await admin.deleteGroups([groupId]);
  await admin.disconnect();
}

const VERB = { opened: 'is', updated: 'is still', resolved: 'is no longer' } as const;

/** Why a reason is over. */
const BECAUSE: Record<Cause, string> = {
  reached: 'what it waited for has come',
  recovered: 'it is no longer so',
  expired: 'its time is over',
  cancelled: 'the account has ended',
  erased: 'the account was erased',
  disproved: 'an event that came late shows that it was not so',
};

/** What the plan says of each reason, by its code. */
export type ReasonRules = ReadonlyMap<string, Pick<ReasonDefinition, 'text' | 'condition'>>;
export const reasonRules = ({ signals }: Plan): ReasonRules =>
  new Map(signals.flatMap(({ reasons }) => reasons.map((one) => [one.code, one])));

/** One trigger in plain words. */
export function describeTrigger(trigger: Trigger, rules: ReasonRules): string {
  const { at, account, signal, status, severity, live, reasons, ended, evidence, segment } = trigger;
  const head = `${at.slice(0, 19).replace('T', ' ')}  ${account} (${segment}) ${VERB[status]} ${signal}`;
  const note = `${status === 'resolved' ? '' : `, ${severity}`}${live ? '' : ', from history'}`;
  const lines = [
    ...reasons.map(({ text, since }) => `  · ${text} Since ${since.slice(0, 10)}.`),
    ...ended.map(({ code, cause }) => `  - Over, because ${because(cause, code, rules)}: ${plainText(code, rules)}`),
  ];
  if (evidence.length > 0) {
    const newest = evidence.slice(-3).map(({ type, id }) => `${type} ${id}`);
    lines.push(`    evidence: ${newest.join(', ')}`);
  }
  return [`${head}${note}`, ...lines].join('\n');
}

/** What has come is a milestone for some reasons, and an event for others. */
function because(cause: Cause, code: string, rules: ReasonRules): string {
  const condition = cause === 'reached' ? rules.get(code)?.condition : undefined;
  if (condition?.kind === 'stalled') return `the milestone ${condition.milestone} was reached`;
  if (condition?.kind === 'event-until-event') return `${condition.until.types.join(' or ')} has come`;
  return BECAUSE[cause];
}

/** The window differs by account, and an ending does not carry it. */
const plainText = (code: string, rules: ReasonRules): string =>
  rules.get(code)?.text.replace(/(the )?\{window\}/, 'the window') ?? 'A model had rated the account so.';
