import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { nextStepAnswer, nextStepQuery, pathsAnswer, pathsQuery } from '@milepost/contracts/http';
import type { NextStepAnswer, NextStepQuery, PathsAnswer, PathsQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { paths } from './paths.js';
import { nextStep } from './next-step.js';

@ApiTags('paths')
@Controller('v1/paths')
export class PathsController {
  @Question({
    operationId: 'getPaths',
    summary: 'In which order accounts come to what: transition shares.',
    query: pathsQuery,
    answer: pathsAnswer,
  })
  transitions(@Asked(pathsQuery) query: PathsQuery, @Pinned() insights: Insights): Promise<PathsAnswer> {
    return paths(insights, query);
  }

  @Question({
    path: 'next-step',
    operationId: 'getNextStep',
    summary: 'Which next step goes most with an outcome.',
    query: nextStepQuery,
    answer: nextStepAnswer,
  })
  nextStep(@Asked(nextStepQuery) query: NextStepQuery, @Pinned() insights: Insights): Promise<NextStepAnswer> {
    return nextStep(insights, query);
  }
}
