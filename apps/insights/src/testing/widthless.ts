/** Times at which a curve comes to a share may well be one and the same, as may quartiles; a number of accounts is counted. */
const MAY_BE = /\.(days|median|leadDays|accounts)$/;

/** Paths to the intervals of an answer that claim to be certain. */
export function widthless(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { lower, upper } = value as { lower?: unknown; upper?: unknown };
  const isWidthless = typeof lower === 'number' && lower === upper && !MAY_BE.test(path);
  const inner = Object.entries(value).flatMap(([name, one]) => widthless(one, `${path}.${name}`));
  return isWidthless ? [`${path}: ${JSON.stringify(value)}`, ...inner] : inner;
}
