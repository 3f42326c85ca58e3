import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { funnelsAnswer, funnelsQuery } from '@milepost/contracts/http';
import type { FunnelsAnswer, FunnelsQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { funnel } from './funnel.js';

@ApiTags('funnels')
@Controller('v1/funnels')
export class FunnelsController {
  @Question({
    operationId: 'getFunnel',
    summary: 'How far accounts come, step by step.',
    query: funnelsQuery,
    answer: funnelsAnswer,
  })
  funnel(@Asked(funnelsQuery) query: FunnelsQuery, @Pinned() insights: Insights): Promise<FunnelsAnswer> {
    return funnel(insights, query);
  }
}
