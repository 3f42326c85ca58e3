import { shortVersion } from '@milepost/contracts';
import { driftSentence } from '@milepost/onboarding/learning';
import type { DriftReport } from '@milepost/onboarding/learning';
import { table } from '../output.js';
import { judgementText } from './model-text.js';

/** What moved since a model's training, and whether its forecasts still come true. */
export function driftText(report: DriftReport): string {
  const { version, inputs, segments, judged, whyNot, calibration } = report;
  return [
    `${shortVersion(version)}. ${driftSentence(report)}`,
    '',
    table(
      ['input', 'stability index', ''],
      [...inputs, segments].map((one) => [one.input, one.index.toFixed(3), one.level]),
    ),
    '',
    judged ? `Calibration: ${calibration}. ${judgementText(judged)}` : `Calibration can't be judged. ${whyNot}`,
  ].join('\n');
}
