/** What one seed's analysis said of a question whose answer is known. */
export interface Sighting {
  estimate: number;
  lower: number;
  upper: number;
}

export interface Seen {
  /** Which row of the table. */
  row: string;
  truth: number;
  /** The truth is none that any method could find in this data: shown, and held to nothing. */
  isBeyondData?: boolean;
  honest: Sighting;
  /** The figure that one would have without the method, on the same data; none where that way is refused. */
  naive?: Sighting | undefined;
}

/** Something that a seed either shows or not, such as a winner that is none. */
export interface Tally {
  row: string;
  /** In how many seeds it may happen: 5 % at most, 95 % at least, or as it comes. */
  target: 'rare' | 'sure' | 'none';
  happened: boolean;
  /** The same with the naive way. */
  naive?: boolean;
}

/** A figure of a seed with its naive counterpart, compared over all seeds. */
export interface Measure {
  row: string;
  honest: number;
  naive?: number;
}

export interface Findings {
  seen?: Seen[];
  tallies?: Tally[];
  measures?: Measure[];
}

/** Whether the interval leaves out `value`. */
export const excludes = ({ lower, upper }: Sighting, value: number): boolean => lower > value || upper < value;
