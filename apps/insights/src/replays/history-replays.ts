import { setImmediate } from 'node:timers/promises';
import { accountHistories, historySize, QuestionTooCostly } from '@milepost/clickhouse';
import type { AccountHistory, ClickHouseClient, HistorySize, QuestionLimits } from '@milepost/clickhouse';
import type { Micros } from '@milepost/contracts';
import type { Answer, Warning } from '@milepost/contracts/http';
import { ProblemException } from '@milepost/platform';
import { withBehind } from '../insights/behind.js';
import { counted } from '../wording/figures.js';

export interface ReplayParts {
  client: ClickHouseClient;
  limits: QuestionLimits & { events: number };
  /** Of an answer that stands at `asOf`. */
  behind: (asOf: Micros) => Warning | null;
  /** Milliseconds. */
  now: () => number;
}

/** Others' requests are let through so often. */
const TURN_MS = 20;
/** A replay that is up says more than ClickHouse, which ends the query of one that nobody reads any more. */
const CLICKHOUSE_SECONDS = 2;

/** Work over every account's history: bounded, and one at a time, for it shares a process with the API. */
export class HistoryReplays {
  private isRunning = false;

  constructor(private readonly parts: ReplayParts) {}

  /** What `work` answers from every account's history. `byHand`: what has no such limits. @throws ProblemException */
  async run<T extends Answer<unknown>>(
    byHand: string,
    work: (histories: AsyncIterable<AccountHistory>, size: HistorySize) => Promise<T>,
  ): Promise<T> {
    if (this.isRunning) throw new ProblemException('too-many-requests', 'The history is being replayed for another question, and there is one at a time. Ask again when it is done.', {}, { 'Retry-After': '5' }); // prettier-ignore
    this.isRunning = true;
    const instead = `\`${byHand}\` has no such limit`;
    try {
      const size = await this.checkSize(instead);
      // Now: more comes in while the history is being replayed.
      const behind = this.parts.behind(size.asOf);
      return withBehind(await work(this.bounded(size.accounts, instead), size), behind);
    } catch (fault) {
      if (!(fault instanceof QuestionTooCostly)) throw fault;
      throw new ProblemException('query-too-costly', `${fault.message} The history is too large for it; ${instead}.`);
    } finally {
      this.isRunning = false;
    }
  }

  private async checkSize(instead: string): Promise<HistorySize> {
    const { client, limits } = this.parts;
    const size = await historySize(client, limits);
    const { accounts, events } = size;
    if (accounts === 0) throw new ProblemException('not-enough-data', 'ClickHouse holds no events yet: feed some first.'); // prettier-ignore
    if (events > limits.events) throw new ProblemException('query-too-costly', `The history has ${counted(events, 'event')} of ${counted(accounts, 'account')}; ${limits.events.toLocaleString('en')} events are replayed at most (BACKTEST_EVENTS). ${instead}.`); // prettier-ignore
    return size;
  }

  /** Every account's history, until the time is up, with pauses in which others are answered. */
  private async *bounded(accounts: number, instead: string): AsyncGenerator<AccountHistory> {
    const { client, limits, now } = this.parts;
    const end = now() + limits.seconds * 1000;
    let turn = now() + TURN_MS;
    let done = 0;
    for await (const history of accountHistories(client, { ...limits, seconds: CLICKHOUSE_SECONDS * limits.seconds })) {
      yield history;
      done++;
      if (now() < turn) continue;
      if (now() > end) throw new ProblemException('query-too-costly', `After ${limits.seconds} s (BACKTEST_SECONDS) ${done.toLocaleString('en')} of ${counted(accounts, 'account')} ${done === 1 ? 'was' : 'were'} replayed. Ask for less at once; ${instead}.`); // prettier-ignore
      await setImmediate();
      turn = now() + TURN_MS;
    }
  }
}
