/** The host's only door to the wall clock and to waiting, so that a test can be the one who moves time. */
export interface Timers {
  /** Wall clock, milliseconds. */
  now(): number;
  /** Runs `work` once; the returned function calls it off. */
  after(ms: number, work: () => void): () => void;
  every(ms: number, work: () => void): () => void;
}

export const systemTimers: Timers = {
  now: () => Date.now(),
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
};
