import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { attributionAnswer, attributionQuery } from '@milepost/contracts/http';
import type { AttributionAnswer, AttributionQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { attribution } from './attribution.js';

@ApiTags('attribution')
@Controller('v1/attribution')
export class AttributionController {
  @Question({
    operationId: 'getAttribution',
    summary: 'Which touches came before an outcome: time decay beside removal effects, and what was said.',
    query: attributionQuery,
    answer: attributionAnswer,
  })
  attribution(
    @Asked(attributionQuery) query: AttributionQuery,
    @Pinned() insights: Insights,
  ): Promise<AttributionAnswer> {
    return attribution(insights, query);
  }
}
