import type { Timers } from '../timers.js';

/** As long as the broker bears with a transaction: who has had no answer by then has lost it anyway. */
export const ANSWER_MS = 30_000;

/**
 * kafkajs forgets a request that it sends in the moment in which its connection closes: neither an answer nor an error
 * ever comes, its own timeout included. Whoever waits for one would hold a partition for ever. After this nothing is
 * known of what was asked, as after any other error.
 */
export function inTime<T>(timers: Timers, work: Promise<T>, ms = ANSWER_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const callOff = timers.after(ms, () => reject(new Error(`Kafka has not answered for ${ms / 1000} s.`)));
    work.then(resolve, reject).finally(callOff);
  });
}
