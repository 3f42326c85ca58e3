import { describe, expect, it } from '@jest/globals';
import { incidenceGroup, survivalGroup } from './survival-curves.js';

const ended = (time: number, first: number, second: number, censored: number) => ({ time, causes: [first, second], censored }); // prettier-ignore
const width = ({ lower, upper }: { lower: number | null; upper: number | null }) => upper! - lower!;

describe('1. Where nothing has happened yet', () => {
  it('1.1 an incidence of none has an upper bound, by those who are still there', () => {
    const { at } = incidenceGroup([ended(20, 0, 10, 10), ended(40, 0, 0, 30)], [10, 30, 40]);
    for (const point of at) expect(point).toMatchObject({ estimate: 0, lower: 0 });
    // About 4 in n, where the rule of three has 3: of 50, of 30 and of 30.
    expect(at.map(({ atRisk }) => atRisk)).toEqual([50, 30, 30]);
    for (const { atRisk, upper } of at) expect([upper! > 3 / atRisk, upper! < 4 / atRisk]).toEqual([true, true]);
  });

  it('1.2 a survival of all has a lower bound', () => {
    const { at } = survivalGroup([ended(20, 0, 0, 20), ended(40, 0, 0, 30)], [10, 30]);
    expect(at).toMatchObject([{ estimate: 1, upper: 1, atRisk: 50 }, { estimate: 1, upper: 1, atRisk: 30 }]); // prettier-ignore
    expect([at[0]!.lower! < 0.94, at[0]!.lower! > 0.92, at[1]!.lower! < 0.9]).toEqual([true, true, true]);
  });

  it('1.3 after the first event nothing changes, and no interval is without width', () => {
    const rows = [ended(5, 0, 3, 2), ended(10, 4, 0, 0), ended(20, 6, 0, 10), ended(30, 5, 0, 0)];
    const [incidence, survival] = [incidenceGroup(rows, [2, 7, 12, 25, 30]), survivalGroup(rows, [2, 7, 12, 25, 30])];
    expect(incidence.at[2]).toMatchObject({ estimate: incidence.curve[0]!.estimate, upper: incidence.curve[0]!.upper });
    for (const point of [...incidence.at, ...survival.at, ...incidence.curve, ...survival.curve]) expect(width(point)).toBeGreaterThan(0.01); // prettier-ignore
  });

  it('1.4 nor where it has come to all', () => {
    const all = [ended(5, 8, 0, 0), ended(10, 8, 0, 0)];
    expect(incidenceGroup(all, [10]).at[0]).toMatchObject({ estimate: 1, upper: 1 });
    expect(incidenceGroup(all, [10]).at[0]!.lower).toBe(incidenceGroup(all, [5]).at[0]!.lower);
    expect(survivalGroup(all, [10]).at[0]).toMatchObject({ estimate: 0, lower: 0, upper: survivalGroup(all, [5]).at[0]!.upper }); // prettier-ignore
  });
});
