import type { SurvivalOutcome } from '@milepost/contracts/http';

/** The entry of the contract that an outcome is. */
export const KIND: Readonly<Record<SurvivalOutcome, string>> = {
  cancellation: 'cancelled',
  subscription: 'started',
  expansion: 'expanded',
};

export const SAID: Readonly<Record<SurvivalOutcome, string>> = {
  cancellation: 'cancelled',
  subscription: 'began to pay',
  expansion: 'expanded',
};
