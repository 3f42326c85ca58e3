import { DAY, formatTime, SECOND } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';

const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const THREE = Array.from({ length: 1000 }, (_, n) => String(n).padStart(3, '0'));

/** Writes instants as ClickHouse's DateTime64(6) takes them, UTC: as `formatTime` but for the T and Z, and much faster. */
export class TimeText {
  private readonly dates = new Map<number, string>();

  of(at: Micros): string {
    const day = Math.floor(at / DAY);
    let date = this.dates.get(day);
    if (date === undefined) this.dates.set(day, (date = `${formatTime(day * DAY).slice(0, 10)} `));
    const rest = at - day * DAY;
    const second = Math.floor(rest / SECOND);
    const micros = rest - second * SECOND;
    const clock = `${TWO[Math.floor(second / 3600)]}:${TWO[Math.floor(second / 60) % 60]}:${TWO[second % 60]}`;
    return `${date}${clock}.${THREE[Math.floor(micros / 1000)]}${THREE[micros % 1000]}`;
  }
}
