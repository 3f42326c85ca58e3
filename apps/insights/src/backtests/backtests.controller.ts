import { Body, Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { backtestsAnswer, backtestsBody, backtestsQuery } from '@milepost/contracts/http';
import type { BacktestsAnswer, BacktestsQuery } from '@milepost/contracts/http';
import { Asked } from '../asking/asked.decorator.js';
import { QuestionWithBody } from '../asking/question.decorator.js';
import { BACKTESTS } from './history-backtests.js';
import type { HistoryBacktests } from './history-backtests.js';

@ApiTags('backtests')
@Controller('v1/backtests')
export class BacktestsController {
  constructor(@Inject(BACKTESTS) private readonly backtests: HistoryBacktests) {}

  @QuestionWithBody({
    operationId: 'backtestSignals',
    summary: 'What proposed signals would have done over the whole history, beside the rules in force.',
    query: backtestsQuery,
    body: backtestsBody,
    answer: backtestsAnswer,
    role: 'analyst',
  })
  backtest(@Asked(backtestsQuery) query: BacktestsQuery, @Body() body: unknown): Promise<BacktestsAnswer> {
    return this.backtests.answer(query, body);
  }
}
