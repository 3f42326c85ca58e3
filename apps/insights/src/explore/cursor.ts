import { ProblemException } from '@milepost/platform';
import { z } from 'zod';

/** The names of the last row of a page; the next page begins after them. */
const place = z.tuple([z.string(), z.string()]);
export type Place = z.infer<typeof place>;

export const writeCursor = (last: Place): string => Buffer.from(JSON.stringify(last)).toString('base64url');

/** @throws ProblemException `invalid-query` for what was no page's `next` */
export function readCursor(text: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw new ProblemException('invalid-query', 'cursor is none that was given out: send `next` of the page before, or leave it out to begin anew.', { errors: [{ parameter: 'cursor', detail: 'not a cursor' }] }); // prettier-ignore
  }
}
