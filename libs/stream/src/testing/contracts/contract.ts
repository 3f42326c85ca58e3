/** One promise of a port. `holds` throws when the subject breaks it. */
export interface Clause<T> {
  promise: string;
  holds(subject: T): Promise<void>;
}

/**
 * What every implementation of a port keeps. The simulated ones and the real ones are held to the same clauses, so that
 * what the simulation proves is true of what runs.
 */
export type Contract<T> = readonly Clause<T>[];
