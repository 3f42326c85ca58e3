import type { Violation } from '@milepost/contracts';

/**
 * What a decision asks for. A closed union: a new way out of a decider does not compile until every host handles it.
 * - `emit`: a body for a named sink.
 * - `reject`: the whole input record, byte-identical, to the topology's rejects, with reasons.
 * - `drop`: nothing leaves, but it is counted under its reason.
 * - `forget`: from here on there is no such account: its state and due instant go, and what still comes of it is dropped
 *   as `erased` before anyone decides on it. What remains of it is its hash.
 * - `count`: adds to a number that is kept with the state; may be negative.
 */
export type Output =
  | { kind: 'emit'; sink: string; body: unknown }
  | { kind: 'reject'; violations: readonly Violation[] }
  | { kind: 'drop'; reason: 'duplicate' }
  | { kind: 'forget' }
  | { kind: 'count'; name: string; by: number };
