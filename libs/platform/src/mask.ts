// Stacks are full of file:///…/node_modules/@scope, and carry no credentials there.
const CREDENTIALS = /(?<!\bfile):\/\/[^\s"]*@/g;
const PASSWORD_IN_QUERY = /([?&][\w-]*(?:pass|secret|token|key)[\w-]*=)[^&\s"#]*/gi;
const SECRET_FIELD = /(password|passwd|pwd|secret|authorization|cookie)$|(access|api|auth)[_-]?(token|key)$/i;
const DEEPEST = 6;

/**
 * Text without the credentials that URLs in it carry. Up to the last @ of a word, not the first: a password may hold
 * an @ or a / that its author forgot to encode, and half a password is a leak too.
 */
export function maskUrl(text: string): string {
  return text.replace(CREDENTIALS, '://***@').replace(PASSWORD_IN_QUERY, '$1***');
}

/** One whole setting as it may be shown: `user:password@host`, without a scheme, is masked as well. */
export function maskSetting(value: string): string {
  const at = value.lastIndexOf('@');
  if (at < 0) return maskUrl(value);
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(value)?.[0] ?? '';
  return maskUrl(`${scheme}***${value.slice(at)}`);
}

/** Fields of a log line without what their names call secret; errors become what JSON can hold. */
export function maskFields(fields: unknown, depth = 0): unknown {
  if (fields instanceof Error) return { type: fields.name, message: fields.message, stack: fields.stack };
  if (typeof fields !== 'object' || fields === null || depth > DEEPEST) return fields;
  if (Array.isArray(fields)) return fields.map((one) => maskFields(one, depth + 1));
  if (Object.getPrototypeOf(fields) !== Object.prototype) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      SECRET_FIELD.test(name) ? '***' : maskFields(value, depth + 1),
    ]),
  );
}
