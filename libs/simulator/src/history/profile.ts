import type { AccountContext } from '@milepost/contracts';
import type { Chance } from '../chance.js';
import type { Company } from '../flowpeak.js';

/** What an account is like; everything it does follows from it and from chance. */
export interface Profile {
  context: AccountContext;
  /** 0 … 1: how well the product fits. Nobody can see it; it drives all that can be seen. */
  health: number;
  /** How many people may ever use the product, 1 … 40. */
  users: number;
  /** By how much each step of the opening is slower than a small company's. */
  patience: number;
  /** When its working day begins, hours UTC. */
  opensAt: number;
  integrations: readonly string[];
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export function profileOf(chance: Chance, company: Company): Profile {
  const segment = chance.choice(company.segments);
  const channel = chance.choice(company.channels);
  const region = chance.pick(company.regions);
  const companySize = Math.floor(segment.from * (segment.below / segment.from) ** chance.next());
  const context: AccountContext = {
    planTier: chance.pick(segment.tiers),
    companySize,
    industry: chance.pick(company.industries),
    region: region.name,
    acquisitionChannel: channel.name,
  };
  return {
    context,
    health: clamp(chance.normal(segment.health + channel.health, company.healthSpread), 0, 1),
    users: Math.min(40, 1 + Math.floor(chance.exponential(segment.users)), companySize),
    patience: segment.patience,
    opensAt: region.opensAt,
    integrations: company.integrations,
  };
}
