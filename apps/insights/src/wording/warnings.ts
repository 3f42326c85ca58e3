import type { Dimension, Warning } from '@milepost/contracts/http';

/** Below so many accounts a share says next to nothing, and is shown with its interval as a warning. */
export const SMALL_CELL = 20;
/** Below so many events a curve or a coefficient is not to be trusted. */
export const FEW_EVENTS = 10;

export function smallCells(groups: readonly { group: string; accounts: number }[]): Warning[] {
  const small = groups.filter(({ accounts }) => accounts < SMALL_CELL).map(({ group, accounts }) => `${group} (${accounts})`); // prettier-ignore
  if (small.length === 0) return [];
  return [{ code: 'small-cell', text: `Fewer than ${SMALL_CELL} accounts: ${small.join(', ')}. Read the interval, not the figure.` }]; // prettier-ignore
}

export function dimensionWarnings(by: Dimension): Warning[] {
  if (by !== 'productLine') return [];
  return [
    {
      code: 'not-comparable',
      text: 'A product line is known only once an account has used one, so these groups differ in more than the line: "none" holds those who never got so far.',
    },
  ];
}
