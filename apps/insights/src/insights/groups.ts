import type { Dimension } from '@milepost/contracts/http';
import { COLUMN } from './scoped-accounts.js';

/** Groups by two dimensions in the order of their names, after those of a group. */
export interface Page {
  readonly after: readonly [first: string, second: string] | null;
  readonly limit: number;
}

const EVERY_GROUP: Page = { after: null, limit: 1_000 };

/** As queries take them that group by `first` and `second`. */
export const groupParameters = (
  [first = 'all', second = 'all']: readonly Dimension[],
  { after, limit }: Page = EVERY_GROUP,
): Readonly<Record<string, unknown>> => ({
  first: COLUMN[first],
  second: COLUMN[second],
  afterFirst: after?.[0] ?? '',
  afterSecond: after?.[1] ?? '',
  fromStart: after === null ? 1 : 0,
  limit,
});
