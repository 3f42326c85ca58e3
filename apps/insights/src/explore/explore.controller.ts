import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { catalogueAnswer, catalogueQuery, exploreAnswer, exploreQuery } from '@milepost/contracts/http';
import type { CatalogueAnswer, CatalogueQuery, ExploreAnswer, ExploreQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { explore } from './explore.js';
import { catalogue } from './catalogue.js';

@ApiTags('explore')
@Controller('v1/explore')
export class ExploreController {
  @Question({
    operationId: 'explore',
    summary: 'Named measures by named dimensions, page by page.',
    query: exploreQuery,
    answer: exploreAnswer,
    role: 'analyst',
  })
  explore(@Asked(exploreQuery) query: ExploreQuery, @Pinned() insights: Insights): Promise<ExploreAnswer> {
    return explore(insights, query);
  }

  @Question({
    path: 'catalogue',
    operationId: 'getCatalogue',
    summary: 'The measures and dimensions that may be combined.',
    query: catalogueQuery,
    answer: catalogueAnswer,
    hasFigures: false,
  })
  catalogue(@Asked(catalogueQuery) _query: CatalogueQuery, @Pinned() insights: Insights): Promise<CatalogueAnswer> {
    return catalogue(insights);
  }
}
