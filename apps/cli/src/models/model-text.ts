import { FEATURES } from '@milepost/onboarding';
import type { FeatureName } from '@milepost/onboarding';
import { shortVersion } from '@milepost/contracts';
import type { ModelBody, ModelJudgement } from '@milepost/contracts';
import type { PublishedModel } from '@milepost/runtime';
import { table } from '../output.js';

const percent = (value: number, digits = 1): string => `${(100 * value).toFixed(digits)} %`;
const band = ({ estimate, lower, upper }: { estimate: number; lower: number; upper: number }): string =>
  `${estimate.toFixed(2)} (${lower.toFixed(2)}–${upper.toFixed(2)})`;
const day = (time: string): string => time.slice(0, 10);

/** How a model did on what came after its training, in a few lines. */
export function judgementText(judged: ModelJudgement): string {
  const { brier, baseBrier, skill, gain, calibration, concordance, atThreshold } = judged;
  const of = `${judged.rows.toLocaleString('en')} account-periods of ${judged.accounts.toLocaleString('en')} accounts`;
  return [
    `Judged on ${of} from ${day(judged.from)} to ${day(judged.until)}, ${judged.events} with the event:`,
    `  Brier score ${brier.toFixed(4)}; of the segments' shares ${baseBrier.toFixed(4)}. Better by ${gain.estimate.toFixed(4)} ± ${gain.standardError.toFixed(4)}, ${percent(skill)}.`,
    `  Concordance ${concordance.estimate.toFixed(3)} ± ${concordance.standardError.toFixed(3)}.`,
    `  Calibration: intercept ${band(calibration.intercept)}, slope ${calibration.slope ? band(calibration.slope) : '–'}, observed over expected ${calibration.observedOverExpected.toFixed(2)}.`,
    `  At the threshold ${atThreshold.alarms} alarms, ${atThreshold.hits} of them right; ${judged.events - atThreshold.hits} events without one.`,
  ].join('\n');
}

export function modelText(model: ModelBody & { version?: string }): string {
  const { training, kind, foretells, horizonDays, inputs, segments, threshold, endsBelow } = model;
  const signed = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`;
  return [
    `${kind}${model.version ? `, version ${model.version}` : ''}`,
    `Foretells ${foretells} within ${horizonDays} days. Fitted on ${training.rows.toLocaleString('en')} account-periods of ${training.accounts.toLocaleString('en')} accounts from ${day(training.from)} to ${day(training.until)}, ${training.events} with the event, under plan ${model.planVersion}.`,
    `A reason opens at ${percent(threshold)} and ends below ${percent(endsBelow)}.`,
    '',
    table(
      ['input', 'log odds a unit', 'mean', 'what it is'],
      inputs.map((one) => [one.name, signed(one.coefficient), one.mean.toFixed(2), FEATURES[one.name as FeatureName]]),
    ),
    '',
    table(
      ['segment', 'log odds', 'rows', 'events', 'base rate'],
      segments.map((one) => [one.segment, signed(one.offset), one.rows, one.events, percent(one.base)]),
    ),
    '',
    judgementText(model.judged),
  ].join('\n');
}

/** Models one a line, the newest last. */
export const modelTable = (models: readonly (PublishedModel & { inForce: boolean })[]): string =>
  table(
    [
      'version',
      'kind',
      'published',
      'in force',
      'within, days',
      'trained until',
      'events',
      'Brier',
      'base',
      'concordance',
    ],
    models.map(({ model, publishedAt, inForce }) => [
      shortVersion(model.version),
      model.kind,
      new Date(publishedAt).toISOString().slice(0, 16).replace('T', ' '),
      inForce ? 'yes' : '',
      model.horizonDays,
      day(model.training.until),
      model.training.events,
      model.judged.brier.toFixed(4),
      model.judged.baseBrier.toFixed(4),
      model.judged.concordance.estimate.toFixed(3),
    ]),
  );
