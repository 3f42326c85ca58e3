import type { Micros } from '@milepost/contracts';
import type { Insights } from './insights.js';

/** What is known of the company's data as a whole. Days are UTC dates, null where nothing of the kind has come. */
export interface DoubtCounts {
  erased: number;
  accounts: number;
  withoutStart: number;
  afterEnd: number;
  /** Of anything but a contract. */
  firstOther: string | null;
  /** Of anything but a contract and `account.created`. */
  firstUse: string | null;
  firstContract: string | null;
  lastContract: string | null;
  /** Events of contracts in the 28 days up to the last. */
  contractsUpToLast: number;
  /** Accounts that signed up more than a day before the first use. */
  beforeUse: number;
  beforeContracts: number;
  asOf: Micros;
}

type Counts<K extends keyof DoubtCounts> = Pick<DoubtCounts, K>;

/** Once for a snapshot. @throws as `askQuestion` */
export async function doubtCounts(ask: Insights['ask'], asOf: Micros): Promise<DoubtCounts> {
  const [[erasures], [journeys], [returned], [days]] = await Promise.all([
    ask<Counts<'erased'>>('erased-accounts', {}),
    ask<Counts<'accounts' | 'withoutStart'>>('quality-journeys', {}),
    ask<Counts<'afterEnd'>>('came-back', {}),
    ask<Counts<'firstOther' | 'firstUse' | 'firstContract' | 'lastContract' | 'contractsUpToLast'>>('known-days', {}),
  ]);
  const known = { use: days!.firstUse, contract: days!.firstContract };
  const [before] = await ask<Counts<'beforeUse' | 'beforeContracts'>>('signed-up-before', known);
  return { ...erasures!, ...journeys!, ...returned!, ...days!, ...before!, asOf };
}
