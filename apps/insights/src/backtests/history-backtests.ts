import { setImmediate } from 'node:timers/promises';
import { accountHistories, askQuestion } from '@milepost/clickhouse';
import type { AccountHistory, ClickHouseClient, HistorySize, QuestionLimits } from '@milepost/clickhouse';
import type { BacktestsAnswer, BacktestsQuery } from '@milepost/contracts/http';
import { backtestSignals } from '@milepost/onboarding/learning';
import type { Plan, PlanFileText } from '@milepost/plan';
import { ProblemException } from '@milepost/platform';
import { InfrastructureError } from '@milepost/stream';
import { checkKnown } from '../insights/scoped-accounts.js';
import { answerOf } from './backtests-answer.js';
import { proposedSignals } from './proposed-signals.js';

export interface BacktestParts {
  client: ClickHouseClient;
  plan: Plan;
  /** The texts that `plan` was read from. */
  planFiles: readonly PlanFileText[];
  limits: QuestionLimits & { events: number };
  /** Milliseconds. */
  now: () => number;
}

export const BACKTESTS = Symbol('HistoryBacktests');

const BY_HAND = '`npx milepost backtest --signal FILE` has no such limit';
/** Others' requests are let through so often. */
const TURN_MS = 20;

/** `milepost backtest` for those who have no shell: bounded, and one at a time, for it shares a process with the API. */
export class HistoryBacktests {
  private isRunning = false;

  constructor(private readonly parts: BacktestParts) {}

  /** @throws ProblemException */
  async answer(query: BacktestsQuery, body: unknown): Promise<BacktestsAnswer> {
    const { plan: current, planFiles } = this.parts;
    const { plan: proposed, signals } = proposedSignals(body, planFiles, current);
    const { foretells = current.lifecycle.end, withinDays } = query;
    checkKnown('foretells', foretells, Object.keys(proposed.events));
    if (this.isRunning) throw new ProblemException('too-many-requests', 'Another backtest is running, and there is one at a time. Ask again when it is done.', {}, { 'Retry-After': '5' }); // prettier-ignore
    this.isRunning = true;
    try {
      const question = { current, proposed, signals, foretells, withinDays };
      const { accounts, asOf } = await this.checkSize();
      return answerOf(question, asOf, await backtestSignals(question, this.bounded(accounts)));
    } finally {
      this.isRunning = false;
    }
  }

  private async checkSize(): Promise<HistorySize> {
    const { client, limits } = this.parts;
    const [size] = await askQuestion<HistorySize>(client, 'history-size', {}, limits);
    const { accounts, events } = size!;
    if (accounts === 0) throw new ProblemException('not-enough-data', 'ClickHouse holds no events yet: feed some first.'); // prettier-ignore
    if (events > limits.events) throw new ProblemException('query-too-costly', `The history has ${events.toLocaleString('en')} events of ${accounts.toLocaleString('en')} accounts; ${limits.events.toLocaleString('en')} events are replayed at most (BACKTEST_EVENTS). ${BY_HAND}.`); // prettier-ignore
    return size!;
  }

  /** Every account's history, until the time is up, with pauses in which others are answered. */
  private async *bounded(accounts: number): AsyncGenerator<AccountHistory> {
    const { client, limits, now } = this.parts;
    const end = now() + limits.seconds * 1000;
    let turn = now() + TURN_MS;
    let done = 0;
    for await (const history of this.histories(client)) {
      yield history;
      done++;
      if (now() < turn) continue;
      if (now() > end) throw new ProblemException('query-too-costly', `After ${limits.seconds} s (BACKTEST_SECONDS) ${done.toLocaleString('en')} of ${accounts.toLocaleString('en')} accounts were replayed. Propose fewer signals at once; ${BY_HAND}.`); // prettier-ignore
      await setImmediate();
      turn = now() + TURN_MS;
    }
  }

  private async *histories(client: ClickHouseClient): AsyncGenerator<AccountHistory> {
    try {
      yield* accountHistories(client);
    } catch (cause) {
      throw new InfrastructureError('warehouse-unavailable', (cause as Error).message, { cause });
    }
  }
}
