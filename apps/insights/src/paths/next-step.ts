import type { Estimate, NextStepAnswer, NextStepQuery } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { Chance } from '@milepost/simulator';
import { END, falseDiscovery, nextSteps, proportionComparison, START } from '@milepost/statistics';
import type { TransitionCounts } from '@milepost/statistics';
import type { Insights } from '../insights/insights.js';
import { CONTRACT_STATES, STATE_OF } from '../insights/outcomes.js';
import { checkKnown, othersIn, sampleOf, scopedAccounts } from '../insights/scoped-accounts.js';
import { shareOf } from '../milestones/reached-shares.js';
import { counted, share } from '../wording/figures.js';
import { SMALL_CELL, smallCells } from '../wording/warnings.js';
import { ENDS, SIGNUP } from './paths.js';

interface Row {
  next: string;
  taken: number;
  succeeded: number;
}

/** Which step after a state goes most with an outcome. */
export async function nextStep(insights: Insights, query: NextStepQuery): Promise<NextStepAnswer> {
  const milestones = insights.plan.milestones.map(({ name }) => name);
  checkKnown('at', query.at, [SIGNUP, ...milestones, ...CONTRACT_STATES]);
  const outcome = STATE_OF[query.outcome];
  if (query.at === outcome) {
    throw new ProblemException('invalid-query', `at is ${query.at} and outcome ${query.outcome}: an account that is there has it already; ask about another outcome.`); // prettier-ignore
  }
  const scoped = await scopedAccounts(insights, query);
  const asked = { ...scoped.parameters, milestones, within: query.within };
  const rows = await insights.ask<Row>('next-steps', { ...asked, at: query.at, outcome });
  const total = rows.reduce((sum, { taken }) => sum + taken, 0);
  if (total === 0) {
    throw new ProblemException('not-enough-data', `No account observed for ${counted(query.within, 'day')} came to ${query.at} in that time: give fewer days or fewer filters.`); // prettier-ignore
  }
  const moves = await insights.ask<Move>('path-transitions', asked);
  const gains = gainsOf(moves, query.at, outcome);
  const steps = rows.map(({ next, taken, succeeded }) => ({ next, taken: shareOf(taken, total), outcome: shareOf(succeeded, taken), gain: gains.get(next) ?? null })); // prettier-ignore
  const { best, isComparable } = bestOf(rows.filter(({ next }) => next !== outcome));
  return {
    data: { at: query.at, outcome: query.outcome, steps, best },
    method: {
      name: 'outcome by next step',
      says: `Accounts that came to ${query.at} in their first ${counted(query.within, 'day')}, by what they came to next, and how many of those came to ${outcome} in that time. \`best\` is the step, other than the outcome, whose accounts did better than those of all other steps together (Newcombe; false discoveries held at 5 %), if any. To have left, or to be still there without a step, is none; steps of fewer than ${SMALL_CELL} accounts are not compared.`, // prettier-ignore
    },
    sample: sampleOf(scoped, total, [{ reason: `observed for less than ${counted(query.within, 'day')}, or never at ${query.at}`, accounts: await othersIn(insights, scoped, total) }]), // prettier-ignore
    events: { count: rows.reduce((sum, { succeeded }) => sum + succeeded, 0), what: `accounts that came to ${outcome}` }, // prettier-ignore
    censoring: { accounts: 0, rule: 'None: only accounts observed for the whole time.' },
    interval: { confidence: 0.95, kind: `shares: Wilson's; gains: quantiles of ${DRAWS} draws of the chain from its posterior` }, // prettier-ignore
    warnings: [
      { code: 'association-only', text: 'Accounts that take a step may differ from those that do not: try it in an experiment before you push anybody.' }, // prettier-ignore
      ...smallCells(rows.map(({ next, taken }) => ({ group: next, accounts: taken }))),
    ],
    sentence: sentenceOf(query.at, outcome, steps, best, isComparable),
  };
}

interface Move {
  from: string;
  to: string;
  accounts: number;
}

const DRAWS = 200;

/** How much nearer each step is to the outcome, if what follows depends on where an account is alone. Same moves, same draws. */
function gainsOf(moves: readonly Move[], at: string, outcome: string): Map<string, Estimate> {
  const named = (state: string): string => (state === SIGNUP ? START : ENDS.includes(state) ? END : state);
  const inner = [...new Set(moves.flatMap(({ from, to }) => [named(from), named(to)]))].filter((one) => one !== START && one !== END); // prettier-ignore
  if (!inner.includes(outcome)) return new Map();
  const states = [START, ...inner, END];
  const counts = states.map(() => new Array<number>(states.length).fill(0));
  for (const { from, to, accounts } of moves) counts[states.indexOf(named(from))]![states.indexOf(named(to))]! += accounts; // prettier-ignore
  const table: TransitionCounts = { states, counts };
  const here = counts[states.indexOf(named(at))]!;
  if (states.every((state, j) => state === END || here[j] === 0)) return new Map();
  const chance = new Chance(1, 1);
  const found = nextSteps(table, named(at), outcome, { random: () => chance.next(), draws: DRAWS });
  return new Map(found.map(({ state, gain, lower, upper }) => [state, { estimate: gain, lower, upper }]));
}

/** The step clearly ahead of all others together. Ends are none: who left can't have come to anything after. */
function bestOf(rows: readonly Row[]): { best: string | null; isComparable: boolean } {
  const steps = rows.filter(({ next }) => !ENDS.includes(next));
  const all = steps.reduce((sum, one) => ({ taken: sum.taken + one.taken, succeeded: sum.succeeded + one.succeeded }), { taken: 0, succeeded: 0 }); // prettier-ignore
  const tried = steps
    .filter(({ taken }) => taken >= SMALL_CELL && all.taken - taken >= SMALL_CELL)
    .map(({ next, taken, succeeded }) => {
      const others = { events: all.succeeded - succeeded, accounts: all.taken - taken };
      const { estimate, p } = proportionComparison(others, { events: succeeded, accounts: taken }, { interval: 'newcombe' }).difference; // prettier-ignore
      return { next, estimate, p };
    });
  if (tried.length === 0) return { best: null, isComparable: false };
  const { isFinding } = falseDiscovery(tried.map(({ p }) => p));
  const ahead = tried.filter(({ estimate }, k) => estimate > 0 && isFinding[k]);
  return { best: ahead.sort((a, b) => b.estimate - a.estimate)[0]?.next ?? null, isComparable: true };
}

function sentenceOf(
  at: string,
  outcome: string,
  steps: NextStepAnswer['data']['steps'],
  best: string | null,
  isComparable: boolean,
) {
  const [usual] = steps as [NextStepAnswer['data']['steps'][number]];
  const first = `After ${at} most come to ${usual.next} next, ${share(usual.taken)}, and of those ${share(usual.outcome)} to ${outcome}`; // prettier-ignore
  if (!isComparable) return `${first}; too few took another step to say which is best.`;
  if (best === null) return `${first}; no step is clearly ahead of the others.`;
  const step = steps.find(({ next }) => next === best)!;
  return `${first}; ${best} goes most with ${outcome}, ${share(step.outcome)} of ${step.outcome.of}.`;
}
