import { Controller } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { onboardingAnswer, onboardingQuery } from '@milepost/contracts/http';
import type { OnboardingAnswer, OnboardingQuery } from '@milepost/contracts/http';
import { Asked, Pinned } from '../asking/asked.decorator.js';
import { Question } from '../asking/question.decorator.js';
import type { Insights } from '../insights/insights.js';
import { onboardingKinds } from './onboarding-kinds.js';

@ApiTags('onboarding')
@Controller('v1/onboarding')
export class OnboardingController {
  @Question({
    operationId: 'getOnboardingKinds',
    summary: 'Automated beside personal onboarding, segment by segment.',
    query: onboardingQuery,
    answer: onboardingAnswer,
  })
  kinds(@Asked(onboardingQuery) query: OnboardingQuery, @Pinned() insights: Insights): Promise<OnboardingAnswer> {
    return onboardingKinds(insights, query);
  }
}
