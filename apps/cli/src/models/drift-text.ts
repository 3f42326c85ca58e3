import { formatTime, shortVersion } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { Warning } from '@milepost/contracts/http';
import { driftDoubts, driftMethod, driftSentence } from '@milepost/onboarding/learning';
import type { DriftReport } from '@milepost/onboarding/learning';
import { table } from '../output.js';
import { judgementText } from './model-text.js';

/** All that `GET /v1/models/{kind}/drift` says. */
export interface DriftTold extends DriftReport {
  /** Stream time of the partition furthest behind. */
  asOf: string;
  method: string;
  warnings: Warning[];
  sentence: string;
}

export const driftTold = (report: DriftReport, asOf: Micros): DriftTold => ({
  ...report,
  asOf: formatTime(asOf),
  method: driftMethod(report),
  warnings: driftDoubts(report),
  sentence: driftSentence(report),
});

/** What moved since a model's training, whether its forecasts still come true, and what that rests on. */
export function driftText(told: DriftTold): string {
  const { version, kind, signal, foretells, horizonDays, accounts, undecided, asOf, inputs, segments, judged } = told;
  return [
    `${shortVersion(version)} (${kind}). ${told.sentence}`,
    `It foretells ${foretells} within ${horizonDays} days, for ${signal}. Accounts: ${accounts.toLocaleString('en')}, seen up to ${asOf.slice(0, 19)}Z; for ${undecided.toLocaleString('en')} of them ${horizonDays} days have not passed since, so they count for inputs, not for calibration.`,
    '',
    table(
      ['input', 'stability index', 'level', 'what it is'],
      [...inputs, { ...segments, says: 'segment of the account' }].map((one) => [one.input, one.index.toFixed(3), one.level, one.says]), // prettier-ignore
    ),
    '',
    ...(judged ? [`Calibration: ${told.calibration}. ${judgementText(judged)}`, ''] : []),
    told.method,
    ...told.warnings.map(({ text }) => `- ${text}`),
  ].join('\n');
}
