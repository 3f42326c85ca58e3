import { z } from 'zod';
import { DURATION_PATTERN, LONGEST_DURATION, formatDuration, parseDuration } from '../text/duration.js';

const HINT = 'want a duration: a whole number and s, min, h, d or w, such as 7 d, 12 h or 90 min';

const unit = z
  .string({ error: ({ input }) => (input === undefined ? undefined : `Found ${JSON.stringify(input)}; ${HINT}.`) })
  .regex(DURATION_PATTERN, { error: ({ input }) => `Found "${String(input)}"; ${HINT}.` });

/** `7 d`; microseconds once read. */
export const duration = unit
  .transform((written, context) => {
    const read = parseDuration(written);
    if (read !== null) return read;
    context.addIssue(`Found "${written}"; want at most ${formatDuration(LONGEST_DURATION)}.`);
    return z.NEVER;
  })
  .meta({ description: 'A whole number and s, min, h, d or w: 7 d, 12 h, 90 min.' });

const bySegment = z.object({ default: duration }).catchall(duration);

/** `7 d`, or `{ default: 7 d, enterprise: 21 d }`. */
export const duringSegment = z.union([duration, bySegment]).meta({
  description: 'A duration, or one for each segment that differs: { default: 7 d, enterprise: 21 d }.',
});

export type WrittenWindow = z.output<typeof duringSegment>;
