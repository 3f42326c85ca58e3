import { z } from 'zod';
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
  at: text(40),
});

/**
 * What operators write to `onboarding.control`. A closed union: a new kind goes in here, and does not compile until
 * every decider that reads markers says what it means there.
 */
const controlRecord = z.discriminatedUnion('kind', [erase]);
export type ControlRecord = z.infer<typeof controlRecord>;
export type Erase = z.infer<typeof erase>;

/**
 * Header of a marker: the control record's sequence number, which is its offset in `onboarding.control`. The marker's
 * value is the control record, byte by byte.
 */
export const CONTROL_HEADER = 'milepost-control';

export const encodeControl = (record: ControlRecord): Buffer => Buffer.from(JSON.stringify(record));

/** Null when it is of no kind that this version knows. */
export function decodeControl(value: Buffer | null): ControlRecord | null {
  try {
    return controlRecord.parse(JSON.parse(value?.toString('utf8') ?? ''));
  } catch {
    return null;
  }
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
