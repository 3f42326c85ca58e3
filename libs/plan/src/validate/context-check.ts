import type { AccountContext, ContextField, Violation } from '@milepost/contracts';

/** A required field of the context: what is wrong with it, null when nothing is. */
export function requiredContext(context: AccountContext | null, field: ContextField, type: string): Violation | null {
  if ((context?.[field] ?? null) !== null) return null;
  const want = field === 'companySize' ? 'an integer of at least 0' : 'a string';
  const message = `${field}: found nothing; want ${want} in the context of ${type}.`;
  return { code: 'Required-Missing', field: `/data/context/${field}`, message };
}

/** Company size places an account in a segment, so it must be a size whatever the event. */
export function companySize(context: AccountContext | null): Violation | null {
  const size = context?.companySize ?? null;
  if (size === null || (Number.isSafeInteger(size) && size >= 0)) return null;
  const code = Number.isSafeInteger(size) ? 'Value-Not-Allowed' : 'Datatype-Mismatch';
  const found = typeof size === 'number' ? String(size) : `a ${typeof size}`;
  const message = `companySize: found ${found}; want an integer of at least 0.`;
  return { code, field: '/data/context/companySize', message };
}
