import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { dataQualityAnswer, dataQualityQuery } from '@milepost/contracts/http';
import type { DataQualityAnswer, DataQualityQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { dataQuality } from './data-quality.js';

@ApiTags('data quality')
@Controller('v1/data-quality')
export class QualityController {
  @Question({
    operationId: 'getDataQuality',
    summary: 'Gaps, rejects, repeats, lateness, silence, and whom we know of.',
    query: dataQualityQuery,
    answer: dataQualityAnswer,
  })
  quality(@Asked(dataQualityQuery) _query: DataQualityQuery, @Pinned() insights: Insights): Promise<DataQualityAnswer> {
    return dataQuality(insights);
  }
}
