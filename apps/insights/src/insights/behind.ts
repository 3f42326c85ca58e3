import { formatTime } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { Answer, Warning } from '@milepost/contracts/http';

/** Answers are behind once they are older than so many snapshots. */
const SNAPSHOTS = 3;
const MILLI = 1_000;

/** What the service hears of the warehouse beside its answers, so as to know whether they are behind without asking anew. */
export class Behind {
  /** The newest stream time seen in the warehouse. */
  private newest: Micros | null = null;
  /** When it was last looked at, milliseconds. */
  private lookedAt = -Infinity;
  /** When it was last seen to grow, milliseconds. */
  private grewAt = -Infinity;
  /** It once was the wall clock's. In a history that ended long ago it never was. */
  private wasLive = false;
  private failingSince: number | null = null;

  /** `pause`: how long the service waits from one snapshot to the next, milliseconds. `now`: the wall clock, milliseconds. */
  constructor(
    private pause: number,
    private readonly now: () => number,
  ) {}

  /** The newest stream time in the warehouse; null where nothing came of late. */
  saw(newest: Micros | null): void {
    this.lookedAt = this.now();
    if (newest === null) return;
    const now = this.now();
    if (this.newest !== null && newest > this.newest) this.grewAt = now;
    this.newest = Math.max(newest, this.newest ?? newest);
    if (Math.abs(now * MILLI - newest) <= this.notable * MILLI) this.wasLive = true;
  }

  /** ClickHouse gave no answer, or no snapshot. */
  failed(): void {
    this.failingSince ??= this.now();
  }

  /** The snapshot has all that there was. */
  refreshed(pause: number): void {
    this.failingSince = null;
    this.pause = pause;
  }

  /** That answers of a snapshot stand notably earlier than they could, since when, why and what to do. */
  ofSnapshot(asOf: Micros): Warning | null {
    return told(asOf, this.failingSince === null ? this.why(asOf) : this.whyNoSnapshot(this.failingSince));
  }

  /** The same of an answer from the events themselves, which waits for no snapshot. */
  ofHistory(asOf: Micros): Warning | null {
    return told(asOf, this.why(asOf));
  }

  private whyNoSnapshot(since: number): string | null {
    if (this.now() - since <= this.notable) return null;
    return `Since ${second(since * MILLI)} no newer snapshot of the accounts could be made, for ClickHouse did not answer or refused it: the log of insights says which.`; // prettier-ignore
  }

  private why(asOf: Micros): string | null {
    const { newest, lookedAt, grewAt, wasLive, notable, pause } = this;
    const now = this.now();
    if (newest === null || now - lookedAt > notable) return null;
    if (now - grewAt <= pause && newest - asOf > notable * MILLI) {
      return `The warehouse has events up to ${second(newest)} and more come in: after a start or a halt ask again in ${Math.ceil(pause / MILLI)} s; where it stays so, a partition stands still, and \`npx milepost watch\` shows which.`; // prettier-ignore
    }
    if (wasLive && now * MILLI - newest > notable * MILLI) {
      return `Nothing newer than ${second(newest)} has come to the warehouse, which kept up with the clock before: \`npx milepost watch\` shows which service stands still.`; // prettier-ignore
    }
    return null;
  }

  private get notable(): number {
    return SNAPSHOTS * this.pause;
  }
}

/** First of all warnings, for it concerns all that is said. */
export const withBehind = <T extends Answer<unknown>>(answer: T, behind: Warning | null): T =>
  behind === null ? answer : { ...answer, warnings: [behind, ...answer.warnings] };

const told = (asOf: Micros, why: string | null): Warning | null =>
  why === null ? null : { code: 'behind', text: `What is said stands at ${second(asOf)}. ${why}` };

const second = (at: Micros): string => `${formatTime(at).slice(0, 19)}Z`;
