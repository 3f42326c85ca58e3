import type { Model } from '@milepost/contracts';
import type { Sample } from './account-samples.js';
import { judgeWhereKnown } from './judge-model.js';
import { afterTraining, isKnown } from './training-columns.js';

export type ModelJudged = { version: string } & ReturnType<typeof judgeWhereKnown>;

/** Models that foretell the same, each on the same outcomes: those that came after the training of all of them. */
export function compareModels(models: readonly Model[], samples: readonly Sample[]): ModelJudged[] {
  const later = afterTraining(samples.filter(isKnown), models);
  return models.map((model) => ({ version: model.version, ...judgeWhereKnown(model, later) }));
}
