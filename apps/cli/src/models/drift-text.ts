import type { Drift } from '@milepost/onboarding/learning';
import { table } from '../output.js';
import { judgementText, shortVersion } from './model-text.js';

const SENTENCE = {
  steady: 'Nothing has moved that matters.',
  watch: 'Something has moved: look at it before you trust the scores much longer.',
  drifted: 'The model no longer fits what comes in: fit another one.',
} as const;

/** What moved since a model's training, and whether its forecasts still come true. */
export function driftText({
  version,
  days,
  rows,
  inputs,
  segments,
  judged,
  whyNot,
  calibration,
  level,
}: Drift & { version: string; days: number }): string {
  return [
    `${shortVersion(version)} on ${rows.toLocaleString('en')} account-periods of the last ${days} days. ${SENTENCE[level]}`,
    '',
    table(
      ['input', 'stability index', ''],
      [...inputs, segments].map((one) => [one.input, one.index.toFixed(3), one.level]),
    ),
    '',
    judged ? `Calibration: ${calibration}. ${judgementText(judged)}` : `Calibration can't be judged. ${whyNot}`,
  ].join('\n');
}
