import { z } from 'zod';
import { notACursor } from '../asking/not-a-cursor.js';

/** The names of the last row of a page; the next page begins after them. */
const place = z.tuple([z.string(), z.string()]);
type Place = z.infer<typeof place>;

export const writeCursor = (last: Place): string => Buffer.from(JSON.stringify(last)).toString('base64url');

/** @throws ProblemException `invalid-query` for what was no page's `next` */
export function readCursor(text: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw notACursor();
  }
}
