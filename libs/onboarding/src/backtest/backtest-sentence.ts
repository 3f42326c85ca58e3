import type { BacktestRow } from './backtest-score.js';

/** A row in one plain sentence, with no more certainty than there is. */
export function backtestSentence(row: BacktestRow | undefined): string {
  const precision = row?.precision.value;
  if (!row || !precision) return 'The proposal raised no alarm that can be judged yet.';
  const chance = row.random.precision;
  const beatsChance = chance !== null && precision.lower > chance;
  const atChance = chance === null ? '–' : `${(100 * chance).toFixed(1)} %`;
  return `Of 100 alarms, about ${whole(precision.estimate)} (${whole(precision.lower)} to ${whole(precision.upper)}) would have been right: ${beatsChance ? '' : 'not surely '}better than alarms at moments of chance (${atChance}).`; // prettier-ignore
}

const whole = (share: number): string => (100 * share).toFixed(0);
