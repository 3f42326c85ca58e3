import type { Micros } from '@milepost/contracts';
import type { Chance } from '../chance.js';
import { FLOWPEAK } from '../flowpeak.js';
import type { Details, Properties } from '../flowpeak-event.js';
import type { EventTemplate } from './template.js';

interface Kind {
  type: string;
  share: number;
  properties: (chance: Chance) => Properties;
  details?: Details;
}

const workflowId = (chance: Chance): string => `w_${chance.integer(1, 4)}`;

const KINDS: readonly Kind[] = [
  {
    type: 'workflow.run',
    share: 0.76,
    properties: (chance) => ({ workflowId: workflowId(chance), durationMs: Math.round(chance.exponential(900)) }),
  },
  { type: 'workflow.created', share: 0.05, properties: (chance) => ({ workflowId: workflowId(chance) }) },
  {
    type: 'data.imported',
    share: 0.05,
    properties: (chance) => ({ rows: chance.integer(1, 9_000), connector: 'csv' }),
  },
  { type: 'workspace.configured', share: 0.03, properties: () => ({ step: 'members' }) },
  { type: 'teammate.invited', share: 0.03, properties: () => ({ role: 'member' }) },
  {
    type: 'integration.connected',
    share: 0.02,
    properties: (chance) => ({ integration: chance.pick(FLOWPEAK.integrations) }),
  },
  {
    type: 'report.viewed',
    share: 0.06,
    properties: (chance) => ({ reportId: `r_${chance.integer(1, 5)}` }),
    details: { source: 'analytics' },
  },
];

/** What somebody does somewhere at any moment. Only core actions fail, and seldom: no streak comes of it. */
export function backgroundAction(account: string, afterMicros: Micros, chance: Chance): EventTemplate {
  const { type, properties, details } = chance.choice(KINDS);
  const userId = `${account}-u${chance.integer(1, 4)}`;
  const outcome = type !== 'report.viewed' && chance.happens(0.04) ? 'failed' : 'succeeded';
  return { afterMicros, account, type, properties: properties(chance), details: { userId, outcome, ...details } };
}
