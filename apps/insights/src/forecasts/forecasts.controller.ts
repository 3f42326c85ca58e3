import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  accountForecastAnswer,
  accountForecastQuery,
  cohortForecastAnswer,
  cohortForecastQuery,
} from '@milepost/contracts/http';
import type {
  AccountForecastAnswer,
  AccountForecastQuery,
  CohortForecastAnswer,
  CohortForecastQuery,
} from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { cohortForecast } from './cohort-forecast.js';
import { accountForecast } from './account-forecast.js';

@ApiTags('forecasts')
@Controller('v1/forecasts')
export class ForecastsController {
  @Question({
    path: 'cohorts',
    operationId: 'getCohortForecast',
    summary:
      'How many contracts of a group will still be there, how many will have expanded, and what they will bring.',
    query: cohortForecastQuery,
    answer: cohortForecastAnswer,
  })
  cohorts(
    @Asked(cohortForecastQuery) query: CohortForecastQuery,
    @Pinned() insights: Insights,
  ): Promise<CohortForecastAnswer> {
    return cohortForecast(insights, query);
  }

  @Question({
    path: 'accounts',
    operationId: 'listAccountForecasts',
    summary: 'Whether each paying account will renew, and whether it will expand, page by page.',
    query: accountForecastQuery,
    answer: accountForecastAnswer,
    role: 'analyst',
  })
  accounts(
    @Asked(accountForecastQuery) query: AccountForecastQuery,
    @Pinned() insights: Insights,
  ): Promise<AccountForecastAnswer> {
    return accountForecast(insights, query);
  }
}
