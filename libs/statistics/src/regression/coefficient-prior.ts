import { StatisticsError } from '../statistics-error.js';

export interface NormalPrior {
  /** Default 0. */
  readonly mean?: number;
  /** In the coefficient's own units: log odds for one more unit of the covariate. Above 0. */
  readonly standardDeviation: number;
}

/** What is believed of the coefficients beforehand. The intercept is always left free. */
export interface CoefficientPenalty {
  /** λ of the penalty λ/2 Σ (β s)², s the covariate's standard deviation: a covariate's unit makes no difference. */
  readonly ridge?: number;
  /** By the covariate's name; those without one are free. Not together with `ridge`. */
  readonly prior?: Readonly<Record<string, NormalPrior>>;
}

/** On the scale of standardised covariates. Precision 0: free. */
export interface CoefficientPrior {
  readonly mean: Float64Array;
  readonly precision: Float64Array;
  readonly isFlat: boolean;
}

/** @throws StatisticsError `invalid-input` */
export function coefficientPrior(
  { ridge, prior }: CoefficientPenalty,
  names: readonly string[],
  scale: Float64Array,
): CoefficientPrior {
  if (ridge !== undefined && prior !== undefined) {
    throw new StatisticsError('invalid-input', 'ridge and prior are both given: a ridge is a prior, so give one of them.'); // prettier-ignore
  }
  if (ridge !== undefined && !(ridge >= 0 && ridge < Infinity)) {
    throw new StatisticsError('invalid-input', `ridge is ${ridge}: give a finite number of 0 or more.`);
  }
  const unknown = Object.keys(prior ?? {}).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new StatisticsError('invalid-input', `prior.${unknown} is of no covariate: give one of ${names.join(', ')}.`);
  }
  const mean = new Float64Array(names.length);
  const precision = new Float64Array(names.length).fill(ridge ?? 0);
  names.forEach((name, a) => {
    const own = prior !== undefined && Object.hasOwn(prior, name) ? prior[name]! : undefined;
    if (own === undefined) return;
    const { mean: centre = 0, standardDeviation: spread } = own;
    if (!Number.isFinite(centre) || !(spread > 0 && spread < Infinity)) {
      throw new StatisticsError('invalid-input', `prior.${name} has mean ${centre} and standardDeviation ${spread}: give a finite mean and a finite standardDeviation above 0.`); // prettier-ignore
    }
    mean[a] = centre * scale[a]!;
    precision[a] = (spread * scale[a]!) ** -2;
  });
  return { mean, precision, isFlat: precision.every((one) => one === 0) };
}
