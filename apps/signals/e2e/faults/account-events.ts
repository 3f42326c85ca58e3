import type { OracleEvent } from '../oracle.js';

/** Makes events of one account: each a success of a user at an instant. */
export function accountEvents(account: string) {
  const events: OracleEvent[] = [];
  const add = (type: string, time: number, over: Partial<OracleEvent> = {}): void => {
    events.push({
      id: `${account}-${events.length}`,
      source: '//core.flowpeak.example',
      type,
      account,
      time,
      outcome: 'succeeded',
      userId: 'u_1',
      context: null,
      properties: {},
      ...over,
    });
  };
  return { events, add };
}

const CONTEXT = { planTier: 'pro', companySize: 50 };

/** Signed up, set up and in use every day from `begin` to `last`, microseconds. */
export function inUse(account: string, begin: number, last: number): OracleEvent[] {
  const DAY = 86_400_000_000;
  const { events, add } = accountEvents(account);
  add('account.created', begin, { context: CONTEXT });
  add('workspace.configured', begin + 1);
  add('data.imported', begin + 2, { properties: { rows: 10 } });
  for (let at = last; at > begin + 2; at -= DAY) run(add, at);
  return events;
}

/** Signed up at `begin`, and busy from then on. */
export function fresh(account: string, begin: number, everyMicros: number, count: number): OracleEvent[] {
  const { events, add } = accountEvents(account);
  add('account.created', begin, { context: CONTEXT });
  for (let i = 1; i < count; i++) run(add, begin + i * everyMicros);
  return events;
}

function run(add: ReturnType<typeof accountEvents>['add'], at: number): void {
  add('workflow.run', at, { properties: { workflowId: 'w_1', durationMs: 12.5 } });
}
