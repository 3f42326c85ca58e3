import { describe, expect, it } from '@jest/globals';
import { Behind } from './behind.js';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 5, 1, 12);
/** Of the stream, so many minutes before (or after) noon. */
const stream = (minutes: number): number => (NOW + minutes * MINUTE) * 1000;

/** A service that makes a snapshot a minute, with a clock that is moved by hand. */
function service() {
  const clock = { now: NOW };
  const behind = new Behind(MINUTE, () => clock.now);
  const goOn = (minutes: number): void => void (clock.now += minutes * MINUTE);
  return { behind, goOn, said: (asOf: number) => behind.ofSnapshot(stream(asOf))?.text ?? null };
}

describe('1. Nothing is said', () => {
  it('1.1 before anything is known, and of a live stream with the delay that it always has', () => {
    const { behind, goOn, said } = service();
    expect(said(-90)).toBeNull();
    for (let minute = 0; minute < 10; minute++) {
      behind.saw(stream(minute - 0.25));
      expect(said(minute - 2)).toBeNull();
      goOn(1);
    }
  });

  it('1.2 of a history that ended: nothing comes any more, and it never was of today', () => {
    const { behind, goOn, said } = service();
    for (let look = 0; look < 100; look++) {
      behind.saw(stream(-200 * 24 * 60));
      expect(said(-200 * 24 * 60 - 30)).toBeNull();
      goOn(1);
    }
  });

  it('1.3 of one snapshot that fails, or of a warehouse with no news of late', () => {
    const { behind, goOn, said } = service();
    behind.failed();
    goOn(2);
    expect(said(-2)).toBeNull();
    behind.refreshed(MINUTE);
    behind.saw(null);
    goOn(2);
    expect(said(-4)).toBeNull();
  });
});

describe('2. That answers are behind is said, since when, why and what to do', () => {
  it('2.1 after a start, while the history still comes in, and no longer once there is a snapshot of it', () => {
    const { behind, goOn, said } = service();
    behind.saw(stream(-60 * 24));
    behind.saw(stream(-60 * 12));
    expect(said(-60 * 24)).toBe(
      'What is said stands at 2026-05-31T12:00:00Z. The warehouse has events up to 2026-06-01T00:00:00Z and more come in: after a start or a halt ask again in 60 s; where it stays so, a partition stands still, and `npx milepost watch` shows which.',
    );
    behind.saw(stream(0));
    expect(said(-1)).toBeNull();
    // A partition that stands still holds the snapshot back for good, one that ended with the stream does not.
    expect(said(-60)).toMatch(/a partition stands still/);
    goOn(1.1);
    expect(said(-60)).toBeNull();
  });

  it('2.2 where the warehouse kept up with the clock and then stopped', () => {
    const { behind, goOn, said } = service();
    behind.saw(stream(0));
    goOn(3);
    behind.saw(stream(0));
    expect(said(0)).toBeNull();
    goOn(0.1);
    expect(said(0)).toMatch(/^What is said stands at 2026-06-01T12:00:00Z\. Nothing newer than 2026-06-01T12:00:00Z has/); // prettier-ignore
  });

  it('2.3 where no snapshot has been made for long, until there is one', () => {
    const { behind, goOn, said } = service();
    behind.failed();
    goOn(2);
    behind.failed();
    goOn(2);
    expect(said(-4)).toMatch(/Since 2026-06-01T12:00:00Z no newer snapshot of the accounts could be made/);
    behind.refreshed(MINUTE);
    expect(said(-4)).toBeNull();
  });

  it('2.4 of the events themselves as of a snapshot, which they do not wait for', () => {
    const { behind, goOn } = service();
    const text = (): string | undefined => behind.ofHistory(stream(-60))?.text;
    behind.saw(stream(-60));
    expect(text()).toBeUndefined();
    behind.saw(stream(0));
    expect(text()).toBe(behind.ofSnapshot(stream(-60))!.text);
    behind.failed();
    goOn(4);
    // Nobody has looked for so long, so nothing is known of it.
    expect([behind.ofSnapshot(stream(-60))!.text, text()]).toEqual([expect.stringMatching(/no newer snapshot/), undefined]); // prettier-ignore
    behind.saw(stream(4));
    expect(text()).toMatch(/more come in/);
  });

  it('2.5 later where a snapshot takes long, and so is made rarely', () => {
    const { behind, said } = service();
    behind.refreshed(5 * MINUTE);
    behind.saw(stream(-60));
    behind.saw(stream(0));
    expect([said(-14), said(-16)]).toEqual([null, expect.stringMatching(/ask again in 300 s/)]);
  });
});
