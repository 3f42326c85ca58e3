import type { SurvivalAnswer } from '@milepost/contracts/http';
import { FEW_EVENTS } from '../wording/warnings.js';

type Groups = readonly Pick<SurvivalAnswer['data']['groups'][number], 'at'>[];

/**
 * The last of the times told at which groups can be compared: enough accounts of each are still there, but for groups
 * that never are so many. Where none are, the last at which every group has an estimate, or else the first.
 *
 * @param groups with points at the same times; at least one
 */
export function comparisonTime(groups: Groups): number | null {
  const times = (groups[0]?.at ?? []).map(({ time }) => time).sort((a, b) => a - b);
  const isThere = ({ at }: Groups[number], time: number, least: number): boolean =>
    at.some((one) => one.time === time && one.estimate !== null && one.atRisk >= least);
  const many = groups.filter((one) => times.some((time) => isThere(one, time, FEW_EVENTS)));
  const [compared, least] = many.length > 0 ? [many, FEW_EVENTS] : [groups, 0];
  return times.findLast((time) => compared.every((one) => isThere(one, time, least))) ?? times[0] ?? null;
}
