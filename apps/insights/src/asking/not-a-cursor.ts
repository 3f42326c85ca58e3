import { ProblemException } from '@milepost/platform';

/** What was sent as a cursor is no page's `next`. */
export const notACursor = (): ProblemException =>
  new ProblemException('invalid-query', 'cursor is none that was given out: send `next` of the page before, or leave it out to begin anew.', { errors: [{ parameter: 'cursor', detail: 'not a cursor' }] }); // prettier-ignore
