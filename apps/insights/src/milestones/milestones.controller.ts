import { Controller, Param } from '@nestjs/common';
import { ApiParam, ApiTags } from '@nestjs/swagger';
import { milestonesAnswer, milestonesQuery, milestoneTimeAnswer, milestoneTimeQuery } from '@milepost/contracts/http';
import type { MilestonesAnswer, MilestonesQuery, MilestoneTimeAnswer, MilestoneTimeQuery } from '@milepost/contracts/http'; // prettier-ignore
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { milestoneTimes } from './milestone-times.js';
import { reachedShares } from './reached-shares.js';

@ApiTags('milestones')
@Controller('v1/milestones')
export class MilestonesController {
  @Question({
    operationId: 'listMilestones',
    summary: 'Each milestone, and which share of accounts reached it in time.',
    query: milestonesQuery,
    answer: milestonesAnswer,
  })
  all(@Asked(milestonesQuery) query: MilestonesQuery, @Pinned() insights: Insights): Promise<MilestonesAnswer> {
    return reachedShares(insights, query);
  }

  @ApiParam({ name: 'milestone', description: 'A milestone of the tracking plan.', schema: { type: 'string' } })
  @Question({
    path: ':milestone',
    operationId: 'getMilestoneTimes',
    summary: 'How long it takes to reach a milestone: curve and quantiles.',
    query: milestoneTimeQuery,
    answer: milestoneTimeAnswer,
  })
  times(
    @Param('milestone') milestone: string,
    @Asked(milestoneTimeQuery) query: MilestoneTimeQuery,
    @Pinned() insights: Insights,
  ): Promise<MilestoneTimeAnswer> {
    return milestoneTimes(insights, milestone, query);
  }
}
