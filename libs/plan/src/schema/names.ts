import { z } from 'zod';

const named = (pattern: RegExp, hint: string) =>
  z
    .string({ error: ({ input }) => (input === undefined ? undefined : `Want ${hint}.`) })
    .regex(pattern, { error: ({ input }) => `Found "${String(input)}"; want ${hint}.` });

/** `account.created` */
export const eventName = named(
  /^[a-z][a-z0-9_-]*(\.[a-z][a-z0-9_-]*)*$/,
  'a name in small letters, its parts joined by dots, such as workflow.run',
);

/** `first-value` */
export const kebabName = named(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'a name in small letters, such as first-value');

/** `quiet`, `stalled:first-value` */
export const reasonCode = named(
  /^[a-z][a-z0-9]*(-[a-z0-9]+)*(:[a-z][a-z0-9]*(-[a-z0-9]+)*)?$/,
  'a code in small letters, such as quiet or stalled:first-value',
);

/** `workflowId` */
export const propertyName = named(/^[A-Za-z][A-Za-z0-9_]*$/, 'letters, digits and underscores, such as workflowId');

/** Words that a person reads. */
export const text = z
  .string({ error: ({ input }) => (input === undefined ? undefined : 'Want text.') })
  .trim()
  .min(1, { error: 'Is empty; want text.' })
  .max(500);
