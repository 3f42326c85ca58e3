import { plantedAccounts } from '@milepost/simulator';
import type { PlantedAccounts, PlantedCompany } from '@milepost/simulator';

/** So many lives that their shares are the truth to some .001, and of a seed that no test asks the API about. */
const LIVES = 400_000;
const SEED = 990_001;

export interface LandmarkAsked {
  milestone: 'integrationDepth' | 'teamAdoption';
  at: number;
  horizon: number;
}

/** Differences of the share that stays, reached less others, among all that are active at the landmark. */
export interface PlantedDifference {
  /** Whoever they are. */
  crude: number;
  /** The segment held fixed, a segment counting by active × reached share × other share: what overlap weights ask. */
  overlap: number;
  /** The segment held fixed, a segment counting by all that are active. */
  all: number;
}

/**
 * The planted company counted, not estimated: its lives come by their number and seed alone. Terms included, which the
 * closed forms of the simulator leave out. Nothing is hidden in it, so the segment held fixed is what the milestone does.
 */
export class CountedLives {
  private readonly lives: PlantedAccounts;
  private readonly segments: number;

  constructor(company: PlantedCompany) {
    this.segments = company.segments.length;
    this.lives = plantedAccounts({ company, seed: SEED, until: LIVES });
  }

  /** Share of a segment that has not left by the day. */
  staying(segment: number, day: number): number {
    const own = this.rows().filter((i) => this.lives.segment[i] === segment);
    return own.filter((i) => !this.leftBy(i, day)).length / own.length;
  }

  stayingAfter({ milestone, at, horizon }: LandmarkAsked): PlantedDifference {
    const active = this.rows().filter((i) => !this.leftBy(i, at));
    const share = (rows: number[], isReached: boolean): number => {
      const own = rows.filter((i) => this.lives[milestone][i]! <= at === isReached);
      return own.filter((i) => !this.leftBy(i, at + horizon)).length / own.length;
    };
    const parts = Array.from({ length: this.segments }, (_, segment) => {
      const own = active.filter((i) => this.lives.segment[i] === segment);
      const reached = own.filter((i) => this.lives[milestone][i]! <= at).length / own.length;
      return { all: own.length, overlap: own.length * reached * (1 - reached), difference: share(own, true) - share(own, false) }; // prettier-ignore
    });
    const mean = (weight: 'all' | 'overlap'): number =>
      parts.reduce((sum, part) => sum + part[weight] * part.difference, 0) /
      parts.reduce((sum, part) => sum + part[weight], 0);
    return { crude: share(active, true) - share(active, false), overlap: mean('overlap'), all: mean('all') };
  }

  private leftBy(i: number, day: number): boolean {
    return this.lives.churned[i] === 1 && this.lives.ends[i]! <= day;
  }

  private rows(): number[] {
    return Array.from({ length: LIVES }, (_, i) => i);
  }
}
