const OF_THE_ACCOUNT = {
  idle: 'days since the last succeeded core action, up to 30',
  active: 'active days of the last 14',
  milestones: 'milestones reached',
  size: 'log2(company size)',
} as const;

/** What a renewal is foretold by. */
export const RENEWAL_FACTORS = { ...OF_THE_ACCOUNT, term: 'term of the contract' } as const;

/** What an expansion is foretold by. */
export const EXPANSION_FACTORS = {
  ...OF_THE_ACCOUNT,
  months: 'months since it began to pay, log2(1 + n)',
  before: 'expansions so far',
} as const;

export type RenewalFactor = keyof typeof RENEWAL_FACTORS;
export type ExpansionFactor = keyof typeof EXPANSION_FACTORS;

/** An expansion is foretold for so many days from now: any account has so long, whenever its term ends. */
export const EXPANSION_DAYS = 30;
