/** Distinct times, ascending, and the rows, or the weight, that ended there or later. Arrays of equal length. */
export interface EndsByTime {
  readonly time: Float64Array;
  /** Ended at the time or later. */
  readonly atRisk: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
}

/** Of sums by whole time: those censored at t in place 2 t, events beside it. Times where nothing ended are left out. */
export function endsOfPlaces(sums: Float64Array): EndsByTime {
  const places = sums.length / 2;
  const [time, events, censored] = [new Float64Array(places), new Float64Array(places), new Float64Array(places)];
  let size = 0;
  for (let place = 0; place < places; place++) {
    if (!(sums[2 * place]! + sums[2 * place + 1]! > 0)) continue;
    time[size] = place;
    events[size] = sums[2 * place + 1]!;
    censored[size++] = sums[2 * place]!;
  }
  return withAtRisk({ time, events, censored }, size);
}

/** Its first times, in memory of their own unless they are all. */
export function firstTimes({ time, atRisk, events, censored }: EndsByTime, size: number): EndsByTime {
  const first = (column: Float64Array) => (size === column.length ? column : column.slice(0, size));
  return { time: first(time), atRisk: first(atRisk), events: first(events), censored: first(censored) };
}

/** The first times with those who ended there or later. */
export function withAtRisk(sums: Omit<EndsByTime, 'atRisk'>, size: number): EndsByTime {
  const ends = firstTimes({ ...sums, atRisk: new Float64Array(size) }, size);
  // Only additions, from the end: events never exceed those at risk by rounding.
  for (let j = size - 1, left = 0; j >= 0; j--) ends.atRisk[j] = left += ends.events[j]! + ends.censored[j]!;
  return ends;
}
