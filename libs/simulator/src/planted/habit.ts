import { DAY } from '@milepost/contracts';
import type { Micros } from '@milepost/contracts';
import type { PlantedCompany } from './planted-company.js';
import type { PlantedLife } from './planted-life.js';
import { plantedUse } from './planted-use.js';

const ACTIVE_DAYS = 5;
const WITHIN = 14;

/** When the habit of the sample plan is formed: five UTC dates with a succeeded core action within fourteen. Days from signup. */
export function habitAt(company: PlantedCompany, life: PlantedLife, epoch: Micros): number {
  const signup = Math.floor(epoch + life.signup * DAY);
  const setUp = Math.max(life.configured, life.imported);
  const steps = [
    ...[life.configured, life.imported, (setUp + life.firstValue) / 2, life.firstValue],
    ...[life.firstIntegration, life.integrated, life.secondUser * 0.9, life.secondUser, life.team],
  ].sort((a, b) => a - b);
  /** The latest active dates, newest last. */
  const dates: number[] = [];
  const forms = (at: number): boolean => {
    const date = Math.floor((signup + Math.floor(at * DAY)) / DAY);
    if (dates.at(-1) === date) return false;
    dates.push(date);
    if (dates.length > ACTIVE_DAYS) dates.shift();
    return dates.length === ACTIVE_DAYS && date - dates[0]! < WITHIN;
  };
  let next = 0;
  for (const { at, failed } of plantedUse(company, life)) {
    for (; next < steps.length && steps[next]! < at; next++) if (forms(steps[next]!)) return steps[next]!;
    if (!failed && forms(at)) return at;
  }
  for (; next < steps.length && steps[next]! < life.ends; next++) if (forms(steps[next]!)) return steps[next]!;
  return Infinity;
}
