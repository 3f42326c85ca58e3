import { Controller, Inject, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { MODEL_KINDS } from '@milepost/contracts';
import { modelDriftAnswer, modelDriftQuery, modelsAnswer, modelsQuery } from '@milepost/contracts/http';
import type { ModelDriftAnswer, ModelDriftQuery, ModelsAnswer, ModelsQuery } from '@milepost/contracts/http';
import { Asked } from '../asking/asked.decorator.js';
import { QuestionWithoutSnapshot } from '../asking/question.decorator.js';
import { modelDrift } from './model-drift.js';
import type { ModelDriftParts } from './model-drift.js';
import { modelList } from './model-list.js';

export const MODELS = Symbol('models');

@ApiTags('models')
@Controller('v1/models')
export class ModelsController {
  constructor(@Inject(MODELS) private readonly parts: ModelDriftParts) {}

  @QuestionWithoutSnapshot({
    operationId: 'listModels',
    summary: 'Models that were published, what they were judged by, and when they were in force.',
    query: modelsQuery,
    answer: modelsAnswer,
    role: 'analyst',
  })
  async all(@Asked(modelsQuery) query: ModelsQuery): Promise<ModelsAnswer> {
    return modelList(query, await this.parts.log.read());
  }

  @ApiParam({ name: 'kind', description: 'What the model foretells.', schema: { type: 'string', enum: [...MODEL_KINDS] } }) // prettier-ignore
  @QuestionWithoutSnapshot({
    path: ':kind/drift',
    operationId: 'getModelDrift',
    summary: 'Whether accounts and outcomes of late are still such as a model was fitted on.',
    query: modelDriftQuery,
    answer: modelDriftAnswer,
    role: 'analyst',
  })
  drift(@Param('kind') kind: string, @Asked(modelDriftQuery) query: ModelDriftQuery): Promise<ModelDriftAnswer> {
    return modelDrift(this.parts, kind, query);
  }
}
