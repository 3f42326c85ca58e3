import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { cohortsAnswer, cohortsQuery } from '@milepost/contracts/http';
import type { CohortsAnswer, CohortsQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { cohortActivity } from './cohort-activity.js';

@ApiTags('cohorts')
@Controller('v1/cohorts')
export class CohortsController {
  @Question({
    operationId: 'getCohorts',
    summary: 'Who is still active, period by period since signup.',
    query: cohortsQuery,
    answer: cohortsAnswer,
  })
  activity(@Asked(cohortsQuery) query: CohortsQuery, @Pinned() insights: Insights): Promise<CohortsAnswer> {
    return cohortActivity(insights, query);
  }
}
