import type { Answer, Warning } from '@milepost/contracts/http';
import { accounts, are } from '../wording/figures.js';
import { SMALL_CELL } from '../wording/warnings.js';
import type { DoubtCounts } from './doubt-counts.js';

/** Something that is missing in the company's data, and so in whatever is answered from it. */
export interface Doubt {
  text: string;
  /** UTC date: accounts that signed up on it or later are free of the doubt. */
  from?: string;
}

const DAY_MS = 86_400_000;
/** Of accounts: less is not worth a word in every answer. */
const NOTABLE_SHARE = 0.01;
/** Contracts that begin so much later than all else were there before, and were not told. */
const LATE_DAYS = 30;
/** A company's own beginning looks alike: its first accounts sign up days before anyone does or buys anything. */
const FEW_ACCOUNTS = SMALL_CELL;
/** A feed that brought more than so many events in its last 28 days does not pause for so long by chance. */
const BUSY_EVENTS = 20;
const SILENT_DAYS = 14;

export const isNotable = (count: number, of: number): boolean => count > NOTABLE_SHARE * of;

/** What the answers of a snapshot have to say of the data behind them. */
export const doubtsOf = (counts: DoubtCounts): Doubt[] =>
  [erased, withoutStart, olderThanUse, olderThanContracts, contractsStopped, cameBack].flatMap(
    (doubt) => doubt(counts) ?? [],
  );

/** Where counting was past the limits of a question: that is a doubt, too. */
export const NOT_COUNTED: Doubt = { text: 'Whether the data has gaps could not be counted within the limits of one question: raise QUESTION_SECONDS, QUESTION_MEMORY_MB or QUESTION_ROWS of insights.' }; // prettier-ignore

/** Before an answer's own warnings. `takesDates`: whether the question can be asked with signedUpFrom. */
export function withDoubts<T extends Answer<unknown>>(answer: T, doubts: readonly Doubt[], takesDates: boolean): T {
  const { signedUpFrom = '' } = answer.sample.scope;
  const told = doubts
    .filter(({ from }) => from === undefined || signedUpFrom < from)
    .map(({ text, from }): Warning => ({
      code: 'incomplete-data',
      text: from !== undefined && takesDates ? `${text} Ask with signedUpFrom=${from}.` : text,
    }));
  return told.length === 0 ? answer : { ...answer, warnings: [...told, ...answer.warnings] };
}

type Decide = (counts: DoubtCounts) => Doubt | null;

const erased: Decide = ({ erased: n }) =>
  n === 0 ? null : { text: `${accounts(n)} ${n === 1 ? 'was' : 'were'} erased and ${are(n)} in no figure; where leaving leads to erasure, retention is told too high.` }; // prettier-ignore

const withoutStart: Decide = ({ withoutStart: n, accounts: of }) =>
  !isNotable(n, of) ? null : { text: `${n.toLocaleString('en')} of ${accounts(of)} ${n === 1 ? 'has' : 'have'} no account.created: ${its(n)} time counts from ${its(n)} first event. Send it; it is taken however late it comes.` }; // prettier-ignore

const olderThanUse: Decide = ({ firstUse, beforeUse: n }) =>
  firstUse === null || n < FEW_ACCOUNTS ? null : { text: `${accounts(n)} signed up before the first event of the product that is known (${firstUse}): what they did before is missing.`, from: firstUse }; // prettier-ignore

const olderThanContracts: Decide = ({ firstContract, firstOther, beforeContracts: n }) => {
  if (firstContract === null || firstOther === null || n < FEW_ACCOUNTS) return null;
  if (Date.parse(firstContract) - Date.parse(firstOther) <= LATE_DAYS * DAY_MS) return null;
  return { text: `Contracts are known only from ${firstContract} on: of the ${accounts(n)} that signed up before, renewals and cancellations may be missing.`, from: firstContract }; // prettier-ignore
};

const contractsStopped: Decide = ({ lastContract, contractsUpToLast, asOf }) => {
  const since = new Date(asOf / 1000 - SILENT_DAYS * DAY_MS).toISOString().slice(0, 10);
  if (lastContract === null || contractsUpToLast <= BUSY_EVENTS || lastContract >= since) return null;
  return { text: `No contract event has come since ${lastContract}: later renewals and cancellations are missing. See whether what sends subscription.* still runs.` }; // prettier-ignore
};

const cameBack: Decide = ({ afterEnd: n, accounts: of }) =>
  !isNotable(n, of) ? null : { text: `${accounts(n)} did something more than a day after ${they(n)} left; ${they(n)} ${are(n)} told of until then.` }; // prettier-ignore

const they = (count: number): string => (count === 1 ? 'it' : 'they');
const its = (count: number): string => (count === 1 ? 'its' : 'their');
