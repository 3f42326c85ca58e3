import { parseTime } from '@milepost/contracts';
import type { Model, ModelInput } from '@milepost/contracts';
import type { Sample } from './account-samples.js';
import { FEATURE_NAMES } from './features.js';
import type { FeatureName } from './features.js';

/** A sample whose outcome is known. */
export type Known = Sample & { outcome: boolean };
export const isKnown = (sample: Sample): sample is Known => sample.outcome !== null;

export const eventsOf = (rows: readonly Known[]): number => rows.filter(({ outcome }) => outcome).length;
export const accountsOf = (rows: readonly Sample[]): number => new Set(rows.map(({ account }) => account)).size;

export interface Spread {
  name: FeatureName;
  mean: number;
  /** Standard deviation; 0 where all rows have the same. */
  scale: number;
}

export function spreadOf(rows: readonly Sample[], name: FeatureName): Spread {
  const mean = rows.reduce((sum, { features }) => sum + features[name], 0) / rows.length;
  const squares = rows.reduce((sum, { features }) => sum + (features[name] - mean) ** 2, 0);
  const scale = Math.sqrt(squares / rows.length);
  // What rounding leaves of a constant is no spread.
  return { name, mean, scale: scale > 1e-9 * (1 + Math.abs(mean)) ? scale : 0 };
}

export const spreadsOf = (rows: readonly Sample[]): Spread[] => FEATURE_NAMES.map((name) => spreadOf(rows, name));

const BANDS = 10;

/** Edges that part the rows into up to ten bands of about equal size; equal values share a band. */
export function edgesOf(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  const edges = Array.from({ length: BANDS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * sorted.length) / BANDS)]!);
  const last = sorted.at(-1)!;
  return [...new Set(edges)].filter((edge) => edge < last);
}

/** A value's band: at or below its edge and above the one before, the last above all. */
export function bandOf(value: number, edges: ModelInput['edges']): number {
  const band = edges.findIndex((edge) => value <= edge);
  return band < 0 ? edges.length : band;
}

/** Share of the values in each band. `weights`: how many each value stands for. */
export function sharesOf(values: readonly number[], edges: ModelInput['edges'], weights?: readonly number[]): number[] {
  const sums = new Array<number>(edges.length + 1).fill(0);
  values.forEach((value, i) => (sums[bandOf(value, edges)]! += weights?.[i] ?? 1));
  const total = sums.reduce((sum, one) => sum + one, 0);
  return sums.map((one) => (total > 0 ? one / total : 0));
}

/** Samples that none of the models has learnt from. */
export function afterTraining<S extends Sample>(
  samples: readonly S[],
  models: readonly Pick<Model, 'training'>[],
): S[] {
  const until = Math.max(...models.map(({ training }) => parseTime(training.until)!));
  return samples.filter(({ at }) => at >= until);
}
