import type { Stratum } from './strata.js';

/** Shares that are active, without and with integration-depth. */
export interface Occupancy {
  unreached: number;
  reached: number;
}

/**
 * Where those of a stratum that are as `start` says at day `from` are at day `to`: the illness-death model with rates
 * constant between the trial's end and the playbook's day, solved piece by piece.
 */
export function occupancy(stratum: Stratum, from: number, to: number, start: Occupancy): Occupancy {
  let [at, { unreached, reached }] = [from, start];
  for (const end of [stratum.churnFrom, stratum.playedAt, Infinity]) {
    const until = Math.min(end, to);
    if (until <= at) continue;
    const length = until - at;
    const churn = at >= stratum.churnFrom ? stratum.churn : 0;
    const reach = stratum.reach[at >= stratum.playedAt ? 1 : 0];
    const own = Math.exp(-churn * stratum.ratio * length);
    const left = Math.exp(-(churn + reach) * length);
    const apart = churn + reach - churn * stratum.ratio;
    // Whoever reached it in between: ∫ reach e^(-(churn + reach) s) e^(-churn ratio (length - s)) ds.
    const came = Math.abs(apart) < 1e-12 ? reach * length * own : (reach * (own - left)) / apart;
    reached = reached * own + unreached * came;
    unreached *= left;
    at = until;
  }
  return { unreached, reached };
}

export const active = ({ unreached, reached }: Occupancy): number => unreached + reached;

/** Churn per day and per account of the start. */
export const churnRate = (stratum: Stratum, { unreached, reached }: Occupancy): number =>
  stratum.churn * (unreached + stratum.ratio * reached);
