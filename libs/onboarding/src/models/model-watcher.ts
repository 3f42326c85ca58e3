import type { Model } from '@milepost/contracts';
import type { ModelChange } from './model-schedule.js';

/** Is told what models do where they decide: for a log and a metric, so it can change no decision. */
export interface ModelWatcher {
  /** An account was scored; again where its history is folded again. */
  scored(model: Model): void;
  /** Some partition has come to records that are decided with it, as the first of this process. */
  inForce(change: ModelChange): void;
}

const ignore = (): void => undefined;
export const NOBODY: ModelWatcher = { scored: ignore, inForce: ignore };
