import type { DynamicModule } from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import { ApiGuard, TokenBuckets } from '@milepost/platform';
import type { ApiKeys } from '@milepost/platform';
import { AnsweringInterceptor } from './asking/answering.interceptor.js';
import { DescriptionController } from './asking/description.controller.js';
import { AttributionController } from './attribution/attribution.controller.js';
import { BacktestsController } from './backtests/backtests.controller.js';
import { BACKTESTS } from './backtests/history-backtests.js';
import type { HistoryBacktests } from './backtests/history-backtests.js';
import { BenchmarksController } from './benchmarks/benchmarks.controller.js';
import { CohortsController } from './cohorts/cohorts.controller.js';
import { EffectsController } from './effects/effects.controller.js';
import { ExploreController } from './explore/explore.controller.js';
import { ForecastsController } from './forecasts/forecasts.controller.js';
import { FunnelsController } from './funnels/funnels.controller.js';
import type { InsightsSource } from './insights/insights.js';
import { MilestonesController } from './milestones/milestones.controller.js';
import type { ModelDriftParts } from './models/model-drift.js';
import { MODELS, ModelsController } from './models/models.controller.js';
import { OnboardingController } from './onboarding/onboarding.controller.js';
import { PathsController } from './paths/paths.controller.js';
import { QualityController } from './quality/quality.controller.js';
import { SurvivalController } from './survival/survival.controller.js';

const CONTROLLERS = [
  AttributionController,
  BacktestsController,
  BenchmarksController,
  CohortsController,
  DescriptionController,
  EffectsController,
  ExploreController,
  ForecastsController,
  FunnelsController,
  MilestonesController,
  ModelsController,
  OnboardingController,
  PathsController,
  QualityController,
  SurvivalController,
];

export interface InsightsParts {
  source: InsightsSource;
  backtests: HistoryBacktests;
  models: ModelDriftParts;
  /** Null: everyone on this machine. */
  keys: ApiKeys | null;
  ratePerMinute: number;
  now: () => number;
}

class InsightsModule {}

/** Every question, behind one guard and one interceptor. */
export function insightsModule({ source, backtests, models, keys, ratePerMinute, now }: InsightsParts): DynamicModule {
  return {
    module: InsightsModule,
    controllers: CONTROLLERS,
    providers: [
      { provide: BACKTESTS, useValue: backtests },
      { provide: MODELS, useValue: models },
      { provide: APP_GUARD, useValue: new ApiGuard(keys, new TokenBuckets(ratePerMinute), now) },
      { provide: APP_INTERCEPTOR, useValue: new AnsweringInterceptor(source) },
    ],
  };
}
