import { ProblemException } from '@milepost/platform';
import { z } from 'zod';

/** What was sent as a cursor is no page's `next`. */
export const notACursor = (): ProblemException =>
  new ProblemException('invalid-query', 'cursor is none that was given out for this question: send `next` of the page before, or leave it out to begin anew.', { errors: [{ parameter: 'cursor', detail: 'not a cursor of this question' }] }); // prettier-ignore

const place = z.tuple([z.string(), z.string(), z.string()]);
type Place = z.infer<typeof place>;

/** `question`: what the page is of, for a place in one list says nothing in another. `first`, `second`: names of its last row. */
export const writeCursor = (question: string, first: string, second = ''): string =>
  Buffer.from(JSON.stringify([question, first, second] satisfies Place)).toString('base64url');

/** The names of the row after which the next page begins. @throws ProblemException `invalid-query` */
export function readCursor(question: string, text: string): readonly [string, string] {
  const [of, ...last] = parsed(text);
  if (of !== question) throw notACursor();
  return last;
}

function parsed(text: string): Place {
  try {
    return place.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    throw notACursor();
  }
}
