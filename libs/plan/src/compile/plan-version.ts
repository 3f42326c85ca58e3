import type { Plan } from '../model.js';

const OFFSET = 0xcbf29ce484222325n;
const PRIME = 0x100000001b3n;

/** JSON with the keys of every object sorted: equal values have equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** 64-bit FNV-1a over UTF-8, 16 hex digits. Tells plans apart; no defence against someone who forges one. */
export function fnv1a64(text: string): string {
  let hash = OFFSET;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME);
  return hash.toString(16).padStart(16, '0');
}

/** The version of a plan: everything it says but the version itself. */
export function planVersion(plan: Omit<Plan, 'version'>): string {
  return fnv1a64(canonicalJson({ ...plan, version: undefined }));
}
