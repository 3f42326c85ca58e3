// What is learnt from history, with statistics, which the services that run live have no need to load.
export { backtestSignals } from '../backtest/backtest-signals.js';
export type { SignalBacktest, SignalsQuestion } from '../backtest/backtest-signals.js';
export { backtestSentence } from '../backtest/backtest-sentence.js';
export { ALL_SEGMENTS } from '../backtest/backtest-score.js';
export type { BacktestRow, Share } from '../backtest/backtest-score.js';
export { fitModel } from '../models/fit-model.js';
export type { FitAnswer, FitQuestion } from '../models/fit-model.js';
export { beatsBase, judgeModel, judgeWhereKnown } from '../models/judge-model.js';
export { driftOf, stabilityIndex } from '../models/drift.js';
export type { Drift, DriftLevel, InputDrift } from '../models/drift.js';
