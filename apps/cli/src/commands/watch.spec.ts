import { describe, expect, it } from '@jest/globals';
import type { Trigger } from '@milepost/contracts';
import { findPlan } from '../connections.js';
import { describeTrigger, reasonRules } from './watch.command.js';

const rules = reasonRules(findPlan({}).plan);
const opened: Trigger = {
  id: 'signals/onboarding.journey/0/5/0',
  trigger: 'at-risk/acct_1/2026-03-01T00:00:00Z',
  signal: 'at-risk',
  account: 'acct_1',
  status: 'opened',
  at: '2026-03-04T00:00:00.000000Z',
  reasons: [
    {
      code: 'stalled:first-value',
      since: '2026-03-04T00:00:00.000000Z',
      text: 'No workflow has run in the 3 days since signup.',
    },
  ],
  ended: [],
  resolution: null,
  live: true,
  severity: 'high',
  probability: null,
  evidence: [],
  milestones: {},
  segment: 'smb',
  planVersion: 'v',
  modelVersion: null,
  playbook: null,
  dataQuality: 'good',
};

describe('1. A trigger in plain words', () => {
  it('1.1 says who, what, since when and why', () => {
    expect(describeTrigger(opened, rules)).toBe(
      '2026-03-04 00:00:00  acct_1 (smb) is at-risk, high\n  · No workflow has run in the 3 days since signup. Since 2026-03-04.',
    );
  });

  it('1.2 says why a reason is over, and which one it was, without its code', () => {
    const ended = opened.reasons.map(({ code, since }) => ({ code, since, at: opened.at, cause: 'reached' }) as const);
    const resolved: Trigger = { ...opened, status: 'resolved', reasons: [], ended };
    expect(describeTrigger(resolved, rules)).toBe(
      '2026-03-04 00:00:00  acct_1 (smb) is no longer at-risk\n  - Over, because the milestone first-value was reached: No workflow has run successfully in the window since signup.',
    );
  });

  it('1.3 has words for a reason that no plan has', () => {
    const ended = [{ code: 'model', since: opened.at, at: opened.at, cause: 'recovered' }] as const;
    expect(describeTrigger({ ...opened, status: 'updated', ended: [...ended] }, rules)).toContain(
      'Over, because it is no longer so: A model had rated the account so.',
    );
  });

  it('1.4 names the event that a reason waited for, and takes it for no milestone', () => {
    const ended = [{ code: 'limit', since: opened.at, at: opened.at, cause: 'reached' }] as const;
    expect(describeTrigger({ ...opened, signal: 'expansion-ready', reasons: [], ended: [...ended] }, rules)).toContain(
      'Over, because subscription.expanded has come: The account reached a limit of its plan',
    );
  });

  it('1.5 says when nobody need act on it', () =>
    expect(describeTrigger({ ...opened, live: false }, rules)).toContain('is at-risk, high, from history\n'));
});
