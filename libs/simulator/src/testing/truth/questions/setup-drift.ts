import { cusumChart, cusumRunLength, cusumThreshold, ewmaChart, ewmaRunLength, ewmaWidth } from '@milepost/statistics';
import { plantedAccounts } from '../../../planted/planted-accounts.js';
import { plantedCompany } from '../../../planted/planted-company.js';
import type { PlantedCompany } from '../../../planted/planted-company.js';
import { setupShare } from '../../../planted/truth/index.js';
import type { Findings } from '../sighting.js';

/** Signups of a day. */
const DAILY = 40;
const BASELINE = 300;
const DRIFT = { day: 600, onSetup: 0.85 };
const LAST = 900;
const WITHIN = 3;
/** Charts are set to one false alarm a year. */
const YEAR = 365;
const FOUND_WITHIN = 30;

const REFERENCE = 0.5;
const LAMBDA = 0.2;
const threshold = cusumThreshold(YEAR, { reference: REFERENCE });
const width = ewmaWidth(YEAR, { lambda: LAMBDA });

/** First look at which a chart of scores rings; null for never. */
type Chart = (scores: readonly number[]) => number | null;
const STANDARD = { target: 0, sigma: 1 };
const CHARTS: readonly { name: string; ring: Chart; expected: (shift: number) => number }[] = [
  {
    name: 'CUSUM',
    ring: (scores) => cusumChart(scores, { reference: REFERENCE, threshold, ...STANDARD }).alarms[0]?.at ?? null,
    expected: (shift) => cusumRunLength({ reference: REFERENCE, threshold }, shift),
  },
  {
    name: 'EWMA',
    ring: (scores) => firstOutside(ewmaChart(scores, { lambda: LAMBDA, width, ...STANDARD }).points),
    expected: (shift) => ewmaRunLength({ lambda: LAMBDA, width }, shift),
  },
];

/** Is the drift of the share that sets up within three days found after its day, and how often is there a false alarm? */
export function setupDrift(seed: number): Findings {
  const company = { ...plantedCompany({ seed, drift: DRIFT }), signupDays: LAST, observedDays: LAST + 30 };
  const scores = dailyScores(company, seed);
  const before = scores.slice(0, DRIFT.day - BASELINE);
  const after = scores.slice(DRIFT.day - BASELINE);
  const shift = expectedShift(company);
  const findings = CHARTS.map(({ name, ring, expected }): Required<Omit<Findings, 'seen'>> => {
    // Each run of the chart begins when the one before it has rung.
    let [alarms, from] = [0, 0];
    for (let at = ring(before); at !== null; at = ring(before.slice(from))) {
      alarms++;
      from += at + 1;
    }
    const delay = (ring(after) ?? Infinity) + 1;
    return {
      tallies: [
        { row: `${name}: drift found within ${FOUND_WITHIN} days`, target: 'sure', happened: delay <= FOUND_WITHIN },
      ],
      measures: [
        { row: `${name}: false alarms in ${before.length} days`, honest: alarms, naive: before.length / YEAR },
        { row: `${name}: days until the drift is found`, honest: delay, naive: expected(shift) },
      ],
    };
  });
  return {
    tallies: findings.flatMap(({ tallies }) => tallies),
    measures: findings.flatMap(({ measures }) => measures),
  };
}

/** Scores in standard deviations of the days after the baseline, which tells the usual share. */
function dailyScores(company: PlantedCompany, seed: number): number[] {
  const { signup, setupComplete, count } = plantedAccounts({ company, seed, until: DAILY * LAST });
  const trials = new Uint32Array(LAST);
  const events = new Uint32Array(LAST);
  for (let i = 0; i < count; i++) {
    const day = Math.floor(signup[i]!);
    trials[day]!++;
    if (setupComplete[i]! <= WITHIN) events[day]!++;
  }
  const sum = (column: Uint32Array): number => column.subarray(0, BASELINE).reduce((total, one) => total + one, 0);
  const share = sum(events) / sum(trials);
  return Array.from(trials.subarray(BASELINE), (n, k) => (events[BASELINE + k]! - n * share) / Math.sqrt(n * share * (1 - share))); // prettier-ignore
}

/** Of the scores, in the standard deviations of before. */
function expectedShift(company: PlantedCompany): number {
  const [usual, drifted] = [setupShare(company, WITHIN, false), setupShare(company, WITHIN, true)];
  return (drifted - usual) / Math.sqrt((usual * (1 - usual)) / DAILY);
}

function firstOutside(points: readonly { isOutside: boolean }[]): number | null {
  const at = points.findIndex(({ isOutside }) => isOutside);
  return at < 0 ? null : at;
}
