import { DAY } from '@milepost/contracts';
import type { AccountHistory } from '../account-history.js';
import { Backtest } from './backtest.js';
import type { BacktestAnswer, BacktestQuestion } from './backtest.js';

export interface SignalsQuestion extends Omit<BacktestQuestion, 'signal' | 'horizon'> {
  signals: readonly string[];
  /** An alarm is right when the outcome follows within so many days. */
  withinDays: number;
}

export interface SignalBacktest extends BacktestAnswer {
  signal: string;
}

/** Several proposed signals in one pass over the histories, each account once; one answer a signal. */
export async function backtestSignals(
  { signals, withinDays, ...question }: SignalsQuestion,
  histories: AsyncIterable<AccountHistory>,
): Promise<SignalBacktest[]> {
  const tests = signals.map((signal) => new Backtest({ ...question, signal, horizon: withinDays * DAY }));
  for await (const { account, events, observedTo } of histories) {
    for (const test of tests) test.add(account, events, observedTo);
  }
  return signals.map((signal, i) => ({ signal, ...tests[i]!.answer() }));
}
