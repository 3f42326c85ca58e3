/** The sink by which a signal's topic forgets an account. */
export const tombstonesOf = (signal: string): string => `${signal}.tombstones`;
