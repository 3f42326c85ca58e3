import { describe, expect, it } from '@jest/globals';
import type { Answer } from '@milepost/contracts/http';
import type { DoubtCounts } from './doubt-counts.js';
import { doubtsOf, withDoubts } from './doubts.js';
import type { Doubt } from './doubts.js';

/** Of a company whose data has no gap. */
const WHOLE: DoubtCounts = {
  erased: 0,
  accounts: 1_000,
  withoutStart: 0,
  afterEnd: 0,
  firstOther: '2026-01-01',
  firstUse: '2026-01-01',
  firstContract: '2026-01-31',
  lastContract: '2026-06-01',
  contractsUpToLast: 300,
  beforeUse: 0,
  beforeContracts: 40,
  asOf: Date.UTC(2026, 5, 1, 12) * 1000,
};
const said = (counts: Partial<DoubtCounts>): string[] => doubtsOf({ ...WHOLE, ...counts }).map(({ text }) => text);

describe('1. Gaps of the data', () => {
  it('1.1 none: nothing is said, nor of a company without events or without contracts', () => {
    expect(said({})).toEqual([]);
    const none = { firstOther: null, firstUse: null, firstContract: null, lastContract: null, contractsUpToLast: 0, beforeContracts: 0 }; // prettier-ignore
    expect(said({ ...none, accounts: 0 })).toEqual([]);
    expect(said({ ...none, firstOther: '2020-01-01', firstUse: '2020-01-01' })).toEqual([]);
  });

  it('1.2 erased accounts, from the first', () => {
    expect(said({ erased: 1 })).toEqual(['1 account was erased and is in no figure; where leaving leads to erasure, retention is told too high.']); // prettier-ignore
    expect(said({ erased: 1_200 })[0]).toMatch(/^1,200 accounts were erased and are in no figure; /);
  });

  it('1.3 missing starts, above one in a hundred accounts', () => {
    expect(said({ withoutStart: 10 })).toEqual([]);
    expect(said({ withoutStart: 11 })).toEqual(['11 of 1,000 accounts have no account.created: their time counts from their first event. Send it; it is taken however late it comes.']); // prettier-ignore
    expect(said({ withoutStart: 1, accounts: 50 })[0]).toMatch(/^1 of 50 accounts has no account\.created: its time counts from its first event\./); // prettier-ignore
  });

  it('1.4 accounts older than what is known of their use, where they are more than a company begins with', () => {
    expect(doubtsOf({ ...WHOLE, beforeUse: 20 })).toEqual([
      {
        text: '20 accounts signed up before the first event of the product that is known (2026-01-01): what they did before is missing.',
        from: '2026-01-01',
      },
    ]);
    expect(said({ beforeUse: 19 })).toEqual([]);
  });

  it('1.5 contracts that are known from more than 30 days later than all else on, for more accounts than a company begins with', () => {
    const late = { ...WHOLE, firstContract: '2026-02-01' };
    expect(doubtsOf(late)).toEqual([
      {
        text: 'Contracts are known only from 2026-02-01 on: of the 40 accounts that signed up before, renewals and cancellations may be missing.',
        from: '2026-02-01',
      },
    ]);
    expect(doubtsOf({ ...late, beforeContracts: 19 })).toEqual([]);
  });

  it('1.6 contracts that no longer come for 14 days, where they came all the time; however long ago that was', () => {
    expect(said({ lastContract: '2026-05-18' })).toEqual([]);
    expect(said({ lastContract: '2026-05-17' })).toEqual(['No contract event has come since 2026-05-17: later renewals and cancellations are missing. See whether what sends subscription.* still runs.']); // prettier-ignore
    expect(said({ lastContract: '2026-03-01' })).toHaveLength(1);
    expect(said({ lastContract: '2026-05-17', contractsUpToLast: 20 })).toEqual([]);
    expect(said({ lastContract: '2026-05-17', contractsUpToLast: 21 })).toHaveLength(1);
  });

  it('1.7 accounts that came back, above one in a hundred', () => {
    expect(said({ afterEnd: 10 })).toEqual([]);
    expect(said({ afterEnd: 11 })).toEqual(['11 accounts did something more than a day after they left; they are told of until then.']); // prettier-ignore
    expect(said({ afterEnd: 1, accounts: 50 })).toEqual(['1 account did something more than a day after it left; it is told of until then.']); // prettier-ignore
  });
});

describe('2. An answer', () => {
  const own = { code: 'small-cell', text: 'Few.' } as const;
  const answer = (scope: Record<string, string> = {}) => ({ sample: { scope }, warnings: [own] }) as unknown as Answer<unknown>; // prettier-ignore
  const doubts: Doubt[] = [{ text: 'All.' }, { text: 'Old.', from: '2026-02-01' }];
  const texts = (scope: Record<string, string>, takesDates = true) => withDoubts(answer(scope), doubts, takesDates).warnings.map(({ text }) => text); // prettier-ignore

  it('2.1 has them before its own warnings, with what to ask instead where it can be asked', () => {
    const { warnings } = withDoubts(answer(), doubts, true);
    expect(warnings).toEqual([
      { code: 'incomplete-data', text: 'All.' },
      { code: 'incomplete-data', text: 'Old. Ask with signedUpFrom=2026-02-01.' },
      own,
    ]);
    expect(texts({}, false)).toEqual(['All.', 'Old.', 'Few.']);
  });

  it('2.2 has none of accounts that it leaves out', () => {
    expect(texts({ signedUpFrom: '2026-01-31' })).toHaveLength(3);
    expect(texts({ signedUpFrom: '2026-02-01' })).toEqual(['All.', 'Few.']);
    expect(texts({ signedUpBefore: '2026-02-01' })).toHaveLength(3);
  });
});
