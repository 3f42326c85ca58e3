import { Controller, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import {
  immortalTimeAnswer,
  immortalTimeQuery,
  milestoneSurvivalAnswer,
  milestoneSurvivalQuery,
  survivalAnswer,
  survivalQuery,
} from '@milepost/contracts/http';
import type {
  ImmortalTimeAnswer,
  ImmortalTimeQuery,
  MilestoneSurvivalAnswer,
  MilestoneSurvivalQuery,
  SurvivalAnswer,
  SurvivalQuery,
} from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { survival } from './survival.js';
import { milestoneSurvival } from './milestone-survival.js';
import { immortalTime } from './immortal-time.js';

@ApiTags('survival')
@Controller('v1')
export class SurvivalController {
  @Question({
    path: 'survival',
    operationId: 'getSurvival',
    summary: 'How long until accounts cancel, begin to pay or expand.',
    query: survivalQuery,
    answer: survivalAnswer,
  })
  survival(@Asked(survivalQuery) query: SurvivalQuery, @Pinned() insights: Insights): Promise<SurvivalAnswer> {
    return survival(insights, query);
  }

  @ApiParam({ name: 'milestone', description: 'A milestone of the tracking plan.', schema: { type: 'string' } })
  @Question({
    path: 'milestones/:milestone/survival',
    operationId: 'getMilestoneSurvival',
    summary: 'Whether accounts that have reached a milestone fare otherwise, without crediting them with time.',
    query: milestoneSurvivalQuery,
    answer: milestoneSurvivalAnswer,
  })
  byMilestone(
    @Param('milestone') milestone: string,
    @Asked(milestoneSurvivalQuery) query: MilestoneSurvivalQuery,
    @Pinned() insights: Insights,
  ): Promise<MilestoneSurvivalAnswer> {
    return milestoneSurvival(insights, milestone, query);
  }

  @ApiParam({ name: 'milestone', description: 'A milestone of the tracking plan.', schema: { type: 'string' } })
  @Question({
    path: 'milestones/:milestone/immortal-time',
    operationId: 'getImmortalTime',
    summary: 'A lesson: the naive figure, which is wrong, beside the honest ones.',
    query: immortalTimeQuery,
    answer: immortalTimeAnswer,
  })
  immortalTime(
    @Param('milestone') milestone: string,
    @Asked(immortalTimeQuery) query: ImmortalTimeQuery,
    @Pinned() insights: Insights,
  ): Promise<ImmortalTimeAnswer> {
    return immortalTime(insights, milestone, query);
  }
}
