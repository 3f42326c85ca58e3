import type { BacktestsAnswer, BacktestsQuery } from '@milepost/contracts/http';
import { backtestSignals } from '@milepost/onboarding/learning';
import type { Plan, PlanFileText } from '@milepost/plan';
import { withDoubts } from '../insights/doubts.js';
import type { Doubt } from '../insights/doubts.js';
import { checkKnown } from '../insights/scoped-accounts.js';
import { answerOf } from './backtests-answer.js';
import type { HistoryReplays } from '../replays/history-replays.js';
import { proposedSignals } from './proposed-signals.js';

export interface BacktestParts {
  plan: Plan;
  /** The texts that `plan` was read from. */
  planFiles: readonly PlanFileText[];
  replays: HistoryReplays;
  /** Of the company's data, as of the newest snapshot. */
  doubts: () => readonly Doubt[];
}

export const BACKTESTS = Symbol('HistoryBacktests');

/** `milepost backtest` for those who have no shell. */
export class HistoryBacktests {
  constructor(private readonly parts: BacktestParts) {}

  /** @throws ProblemException */
  async answer(query: BacktestsQuery, body: unknown): Promise<BacktestsAnswer> {
    const { plan: current, planFiles, replays, doubts } = this.parts;
    const { plan: proposed, signals } = proposedSignals(body, planFiles, current);
    const { foretells = current.lifecycle.end, withinDays } = query;
    checkKnown('foretells', foretells, Object.keys(proposed.events));
    const question = { current, proposed, signals, foretells, withinDays };
    return replays.run('npx milepost backtest --signal FILE', async (histories, { asOf }) =>
      withDoubts(answerOf(question, asOf, await backtestSignals(question, histories)), doubts(), false),
    );
  }
}
