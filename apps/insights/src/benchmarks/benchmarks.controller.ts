import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { benchmarksAnswer, benchmarksQuery } from '@milepost/contracts/http';
import type { BenchmarksAnswer, BenchmarksQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { benchmarks } from './benchmarks.js';

@ApiTags('benchmarks')
@Controller('v1/benchmarks')
export class BenchmarksController {
  @Question({
    operationId: 'getBenchmarks',
    summary: 'A share by group, with small groups pulled towards the others.',
    query: benchmarksQuery,
    answer: benchmarksAnswer,
  })
  benchmarks(@Asked(benchmarksQuery) query: BenchmarksQuery, @Pinned() insights: Insights): Promise<BenchmarksAnswer> {
    return benchmarks(insights, query);
  }
}
