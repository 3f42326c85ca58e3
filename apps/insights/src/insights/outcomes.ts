import type { HopedFor, SurvivalOutcome } from '@milepost/contracts/http';

/** The entry of the contract that an outcome is. */
export const KIND: Readonly<Record<SurvivalOutcome | HopedFor, string>> = {
  cancellation: 'cancelled',
  subscription: 'started',
  renewal: 'renewed',
  expansion: 'expanded',
};

export const SAID: Readonly<Record<SurvivalOutcome, string>> = {
  cancellation: 'cancelled',
  subscription: 'began to pay',
  expansion: 'expanded',
};

/** The states that accounts come to by them, in the order in which funnels and paths put them after the milestones. */
export const STATE_OF: Readonly<Record<HopedFor, string>> = {
  subscription: 'subscribed',
  renewal: 'renewed',
  expansion: 'expanded',
};
export const CONTRACT_STATES: readonly string[] = Object.values(STATE_OF);
