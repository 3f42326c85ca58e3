import { z } from 'zod';
import { parseTime } from './micros.js';
import { MODEL_KINDS } from './model.js';
import type { Violation } from './violation.js';

const text = (most: number) => z.string().min(1).max(most);

/** An account is to be forgotten: its state, its rows, its open triggers, and what still comes of it. */
const erase = z.object({
  kind: z.literal('erase'),
  /** Drawn at random: nobody can make a marker of a record that is not written yet. */
  id: text(64),
  account: text(512),
  /** Why, in the operator's words. Never the account's own data: it is kept for ever. */
  reason: z.string().max(500),
  /** Who asked for it. */
  by: text(200),
  /** When, RFC 3339. */
  at: text(40).refine((at) => parseTime(at) !== null),
});

/** From `at` on, accounts are scored with a model; null: with none of the kind. */
const activateModel = z.object({
  kind: z.literal('activate-model'),
  /** As of an erasure. */
  id: text(64),
  model: z.enum(MODEL_KINDS),
  version: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  reason: z.string().max(500),
  by: text(200),
  at: text(40).refine((at) => parseTime(at) !== null),
});

/**
 * What operators write to `onboarding.control`. A closed union: a new kind goes in here, and does not compile until
 * every decider that reads markers says what it means there.
 */
const controlRecord = z.discriminatedUnion('kind', [erase, activateModel]);
const KINDS: ReadonlySet<string> = new Set(controlRecord.options.map(({ shape }) => shape.kind.value));
export type ControlRecord = z.infer<typeof controlRecord>;
export type Erase = z.infer<typeof erase>;
export type ActivateModel = z.infer<typeof activateModel>;

/**
 * Header of a marker: the control record's sequence number, which is its offset in `onboarding.control`. The marker's
 * value is the control record, byte by byte.
 */
export const CONTROL_HEADER = 'milepost-control';

export const encodeControl = (record: ControlRecord): Buffer => Buffer.from(JSON.stringify(record));

/**
 * `unknown`: of a kind that a later version may know, so that whoever does not must not go past it. `malformed`: nothing
 * that anyone could have meant; it means nothing, to all versions.
 */
export type DecodedControl = { record: ControlRecord } | { fault: 'unknown' | 'malformed' };

export function decodeControl(value: Buffer | null): DecodedControl {
  let json: unknown;
  try {
    json = JSON.parse(value?.toString('utf8') ?? '');
  } catch {
    return { fault: 'malformed' };
  }
  const parsed = controlRecord.safeParse(json);
  if (parsed.success) return { record: parsed.data };
  const kind = (json as { kind?: unknown } | null)?.kind;
  return { fault: typeof kind === 'string' && !KINDS.has(kind) ? 'unknown' : 'malformed' };
}

/** The sequence number that a marker's header names; null when it is no such number. */
export function controlSequence(header: string): number | null {
  const sequence = /^\d{1,15}$/.test(header) ? Number(header) : NaN;
  return Number.isSafeInteger(sequence) ? sequence : null;
}

/** Of a marker whose control record does not exist, or reads otherwise. */
export const FORGED_MARKER: Violation = {
  code: 'Forged-Marker',
  field: '',
  message: 'The record claims to be a marker of a control record that onboarding.control does not hold.',
};
