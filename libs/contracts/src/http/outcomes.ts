/** What a contract may come to that is hoped for. */
export const HOPED_FOR = ['subscription', 'renewal', 'expansion'] as const;
export type HopedFor = (typeof HOPED_FOR)[number];
