import { FLOWPEAK } from '../flowpeak.js';
import { cellsOf } from './planted-cells.js';
import type { PlantedCell } from './planted-cells.js';
import type { TouchChain } from './touch-chain.js';
import { TOUCH_CHAIN } from './touch-chain.js';

/** Rates are of a day, on an account's own clock from signup. */
export interface PlantedSegment {
  name: string;
  share: number;
  /** Employees, from (inclusive) and below; sizes are log-uniform between. */
  from: number;
  below: number;
  tier: string;
  users: number;
  /** Leaving, once the trial is over, of accounts without a term. */
  churn: number;
  /** Log odds of leaving at the end of a term. */
  termLogOdds: number;
  /** First expansion, of paying accounts once the trial is over. */
  expansion: number;
  /** Of reaching integration-depth and team-adoption, from signup. */
  integration: number;
  team: number;
  /** Core actions once there is a first value. */
  use: number;
}

/** Treats a share of the accounts that are active on its day and have not reached its milestone; the rest are held out. */
export interface PlantedPlaybook {
  name: string;
  day: number;
  treatedShare: number;
  milestone: 'integration' | 'team';
  /** By which it multiplies the rate of reaching the milestone from then on. */
  factor: number;
}

/** A company of which all is known. Two of its milestones: integration-depth causes renewal, team-adoption accompanies it. */
export interface PlantedCompany {
  /** Accounts sign up evenly over days 0 to `signupDays`; all is seen until `observedDays`. */
  signupDays: number;
  observedDays: number;
  /** Nobody leaves or expands in it. */
  trialDays: number;
  /** Size, the observed confounder: it moves milestones, churn and expansion. */
  segments: readonly PlantedSegment[];
  /** A trait that no event tells: of its bearers, milestones and use are so many times as fast, and churn. 1: none. */
  hidden: { share: number; onMilestones: number; onChurn: number };
  effects: {
    /** Hazard ratio of leaving from the moment at which integration-depth is reached. */
    integrationOnChurn: number;
    /** Odds ratio of leaving at the end of a term, integration-depth reached by then. */
    integrationOnTermEnd: number;
    /** Hazard ratio of the first expansion from the moment at which team-adoption is reached. On churn it has none. */
    teamOnExpansion: number;
  };
  /** Two setup steps, each at `step`, in either order; then the first value at `run`, `importFirst` times as fast by order. */
  opening: { step: number; run: number; importFirstShare: number; importFirst: number };
  /** Industry by region: they differ in how fast the first value comes. */
  cells: readonly PlantedCell[];
  /** Setup is so many times as fast for accounts that sign up from `day` on. */
  drift: { day: number; onSetup: number } | null;
  playbooks: readonly [moves: PlantedPlaybook, moot: PlantedPlaybook];
  touches: TouchChain;
  terms: { share: number; days: number };
  /** Share of core actions that fail. */
  failShare: number;
}

export interface PlantedOptions {
  /** The cells differ by it. */
  seed: number;
  /** Strength of the unobserved confounder: log of the factor on milestones, and of its inverse on churn. Default 0. */
  hidden?: number;
  /** Default: the day 270, setup half as fast. */
  drift?: PlantedCompany['drift'];
}

const segment = (
  [name, share, from, below, tier, users]: [string, number, number, number, string, number],
  [churn, termShare, expansion]: [number, number, number],
  [integration, team, use]: [number, number, number],
): PlantedSegment => {
  const termLogOdds = Math.log(termShare / (1 - termShare));
  return { name, share, from, below, tier, users, churn, termLogOdds, expansion, integration, team, use };
};

export function plantedCompany({
  seed,
  hidden = 0,
  drift = { day: 270, onSetup: 0.5 },
}: PlantedOptions): PlantedCompany {
  return {
    signupDays: 360,
    observedDays: 540,
    trialDays: 14,
    segments: [
      segment(['smb', 0.6, 2, 200, 'starter', 4], [0.005, 0.35, 0.002], [0.01, 0.012, 0.13]),
      segment(['mid-market', 0.28, 200, 1000, 'pro', 10], [0.003, 0.22, 0.003], [0.018, 0.022, 0.16]),
      segment(['enterprise', 0.12, 1000, 20_000, 'enterprise', 25], [0.0015, 0.12, 0.0045], [0.03, 0.035, 0.23]),
    ],
    hidden: { share: 0.4, onMilestones: Math.exp(hidden), onChurn: Math.exp(-hidden) },
    effects: { integrationOnChurn: 0.5, integrationOnTermEnd: 0.45, teamOnExpansion: 1.8 },
    opening: { step: 0.5, run: 0.12, importFirstShare: 0.5, importFirst: 2.5 },
    cells: cellsOf(seed, FLOWPEAK.industries, FLOWPEAK.regions),
    drift,
    playbooks: [
      { name: 'connect-two-products', day: 30, treatedShare: 0.5, milestone: 'integration', factor: 6 },
      { name: 'invite-your-team', day: 30, treatedShare: 0.5, milestone: 'team', factor: 6 },
    ],
    touches: TOUCH_CHAIN,
    terms: { share: 0.3, days: 90 },
    failShare: 0.06,
  };
}
