import { SMALL_ERROR } from './questions/small-segments.js';
import type { CountSummary, SeenSummary, Summary, WaySummary } from './summary.js';
import { errorCut, FULL, mostOfFive } from './verdicts.js';

const percent = (share: number, digits = 1): string => `${(100 * share).toFixed(digits)} %`;
const figure = (value: number): string => (Math.abs(value) < 5e-5 ? 0 : value).toFixed(3).replace('-', '−');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const coverage = (way: WaySummary | null, seeds: number): string => (way ? percent(way.covered / seeds) : '');
const bias = (way: WaySummary | null): string => (way ? `${figure(way.bias)} ± ${figure(way.biasError)}` : '');

const effectRow = ({ row, seeds, truth, honest, naive }: SeenSummary): string[] => [
  row,
  figure(truth),
  coverage(honest, seeds),
  bias(honest),
  coverage(naive, seeds),
  bias(naive),
];
const EFFECT_HEAD = ['question', 'truth', 'intervals that hold it', 'bias', 'naive: hold it', 'naive: bias'];

const isHarmless = ({ truth, isBeyondData }: SeenSummary): boolean => !isBeyondData && Math.abs(truth) < 1e-9;

/** The summary as Markdown. */
export function tablesOf({ seen, tallies, measures }: Summary, seeds: number): string {
  const within = seen.filter(({ isBeyondData }) => !isBeyondData);
  const harmless = within.filter(isHarmless);
  const most = mostOfFive(seeds, FULL);
  const share = (count: number | null): string => (count === null ? '' : percent(count / seeds));
  return [
    '## Intervals\n',
    'Logs of hazard and odds ratios, and differences of risk. Target: 91 to 99 % of the intervals hold the truth.\n',
    table(EFFECT_HEAD, within.map(effectRow)),
    '\n## Milestones that do nothing, called harmful or helpful\n',
    `Target: 5 % at most. A method that errs in exactly 5 % does so in more than ${most} of ${seeds} seeds once in a hundred; that many are allowed.\n`,
    table(
      ['question', 'honest', 'naive'],
      harmless.map(({ row, honest, naive }) => [row, share(honest.found), share(naive?.found ?? null)]),
    ),
    '\n## What no method finds\n',
    'A hidden trait moves milestones and churn. Adjusting for all that is known leaves it in: intervals hold what is associated (above), not what is caused.\n',
    table(EFFECT_HEAD, seen.filter(({ isBeyondData }) => isBeyondData).map(effectRow)),
    '\n## Seeds in which it happened\n',
    table(
      ['', 'honest', 'naive'],
      tallies.map(({ row, honest, naive }) => [row, share(honest), share(naive)]),
    ),
    '\n## Means over the seeds\n',
    table(['', 'measured', 'beside'], measures.map(measureRow)),
  ].join('\n');
}

function measureRow(one: CountSummary): string[] {
  const { row, honest, naive } = one;
  if (row !== SMALL_ERROR) return [row, honest.toFixed(3), naive === null ? '' : `${naive.toFixed(3)}`];
  return [
    'Error of small segments (root mean square)',
    `${percent(Math.sqrt(honest))}: ${percent(errorCut(one), 0)} less`,
    `raw ${percent(Math.sqrt(naive!))}`,
  ];
}
