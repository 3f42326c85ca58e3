// What is learnt from history, with statistics, which the services that run live have no need to load.
export { backtestSignals } from '../backtest/backtest-signals.js';
export type { SignalBacktest, SignalsQuestion } from '../backtest/backtest-signals.js';
export { backtestSentence } from '../backtest/backtest-sentence.js';
export { ALL_SEGMENTS } from '../backtest/backtest-score.js';
export type { BacktestRow, Share } from '../backtest/backtest-score.js';
export { fitModel } from '../models/fit-model.js';
export type { FitAnswer, FitQuestion } from '../models/fit-model.js';
export { compareModels } from '../models/compare-models.js';
export { driftDoubts, driftMethod, driftReport, driftSentence } from '../models/drift-report.js';
export type { DriftReport } from '../models/drift-report.js';
export { baseRate, isWorthHearing, LATER_SHARE, LEAST_EVENTS } from '../models/model-worth.js';
export { historySamples } from '../models/history-samples.js';
