export interface Quadrature {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** Gauss–Legendre nodes and weights on [from, to]: roots of Pₙ by Newton from Tricomi's start (Abramowitz & Stegun 25.4.29). */
export function gaussLegendre(count: number, from: number, to: number): Quadrature {
  const [nodes, weights] = [new Float64Array(count), new Float64Array(count)];
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  for (let i = 0; i < count; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (count + 0.5));
    let slope = 1;
    for (let step = 0; step < 10; step++) {
      let [before, here] = [1, x];
      for (let n = 2; n <= count; n++) [before, here] = [here, ((2 * n - 1) * x * here - (n - 1) * before) / n];
      slope = (count * (x * here - before)) / (x * x - 1);
      const move = here / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[i] = middle + half * x;
    weights[i] = (2 * half) / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
