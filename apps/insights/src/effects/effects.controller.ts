import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { effectsAnswer, effectsQuery } from '@milepost/contracts/http';
import type { EffectsAnswer, EffectsQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { effects } from './effects.js';

@ApiTags('effects')
@Controller('v1/effects')
export class EffectsController {
  @Question({
    operationId: 'getEffects',
    summary: 'What goes with an early behaviour: naive beside adjusted, with overlap, balance and E-value.',
    query: effectsQuery,
    answer: effectsAnswer,
  })
  effects(@Asked(effectsQuery) query: EffectsQuery, @Pinned() insights: Insights): Promise<EffectsAnswer> {
    return effects(insights, query);
  }
}
