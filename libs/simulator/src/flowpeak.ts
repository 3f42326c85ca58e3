/** What the sample company's customers are like, as data: a planted truth is another object of this shape. */
export interface Company {
  segments: readonly Segment[];
  industries: readonly string[];
  regions: readonly Region[];
  channels: readonly Channel[];
  integrations: readonly string[];
  /** Health is normal with this spread around `segment.health + channel.health`, cut to 0 … 1. */
  healthSpread: number;
  /** Of the accounts, this share signed up before the history's days begin … */
  earlierShare: number;
  /** … in as much time before as this share of the days. */
  earlierReach: number;
}

export interface Segment {
  name: string;
  share: number;
  /** Employees, from (inclusive) and below; sizes are log-uniform between. */
  from: number;
  below: number;
  tiers: readonly string[];
  /** Mean number of people who may use the product. */
  users: number;
  health: number;
  /** Enterprises take longer over the same steps. */
  patience: number;
}

export interface Region {
  name: string;
  /** When a working day begins, hours UTC. */
  opensAt: number;
}

export interface Channel {
  name: string;
  share: number;
  health: number;
}

export const FLOWPEAK: Company = {
  segments: [
    { name: 'smb', share: 0.7, from: 2, below: 200, tiers: ['starter', 'pro'], users: 5, health: 0.6, patience: 1 },
    {
      name: 'mid-market',
      share: 0.22,
      from: 200,
      below: 1000,
      tiers: ['pro', 'business'],
      users: 13,
      health: 0.66,
      patience: 1.3,
    },
    {
      name: 'enterprise',
      share: 0.08,
      from: 1000,
      below: 20_000,
      tiers: ['business', 'enterprise'],
      users: 26,
      health: 0.68,
      patience: 3,
    },
  ],
  industries: ['software', 'retail', 'finance', 'health', 'logistics'],
  regions: [
    { name: 'emea', opensAt: 7 },
    { name: 'amer', opensAt: 13 },
    { name: 'apac', opensAt: 0 },
  ],
  channels: [
    { name: 'self-serve', share: 0.45, health: -0.03 },
    { name: 'content', share: 0.2, health: 0 },
    { name: 'partner', share: 0.15, health: 0.04 },
    { name: 'sales', share: 0.2, health: 0.05 },
  ],
  integrations: ['slack', 'jira', 'hubspot', 'github', 'salesforce'],
  healthSpread: 0.2,
  earlierShare: 0.25,
  earlierReach: 0.25,
};
