export { contractValue, sequenceContractValue, type ContractOptions, type SequenceValue, type SurvivalSequence } from './contract-value.js'; // prettier-ignore
export { discountedLifetime, type LifetimeEstimate, type LifetimeOptions } from './discounted-lifetime.js';
export type { TermsOptions } from './discounted-terms.js';
export { renewalCounts, type RenewalCounts } from './renewal-counts.js';
export { retentionForecast, type ForecastOptions, type ForecastProbability, type RenewalForecast } from './retention-forecast.js'; // prettier-ignore
export { shiftedBetaGeometric, type ShiftedBetaGeometric } from './shifted-beta-geometric.js';
