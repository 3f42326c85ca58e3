import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { kaplanMeier } from './kaplan-meier.js';
import { intervalWidth, probabilityInterval } from './probability-interval.js';
import { productLimit } from './product-limit.js';
import { expectNear } from './testing/reference.js';

const step = fc.tuple(fc.integer({ min: 0, max: 4 }), fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 400 })));

/** A table of steps [events, censored] before whom `more` are still there. */
function tableOf(steps: readonly (readonly [number, number])[], more: number) {
  const [events, censored] = [0, 1].map((k) => Float64Array.from(steps, (one) => one[k]!)) as [Float64Array, Float64Array]; // prettier-ignore
  const atRisk = new Float64Array(steps.length);
  for (let j = steps.length - 1, left = more; j >= 0; j--) atRisk[j] = left += events[j]! + censored[j]!;
  return { time: Float64Array.from(steps, (_, j) => j), atRisk, events, censored };
}

it('bounds of many and of few are those of one step, written as the formula is', () => {
  fc.assert(
    fc.property(
      fc.array(step, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(0, 1, 1_000, 3_000_000),
      (steps, more) => {
        const { survival, standardError, lower, upper } = productLimit(tableOf(steps, more), 1.96);
        survival.forEach((p, j) => {
          if (p === 0) {
            expect([standardError[j], lower[j], upper[j]]).toEqual([0, 0, j === 0 ? 1 : upper[j - 1]]);
          } else if (p < 1) {
            // ln S of an S near 1 has lost digits, which bounds near 1 do not show.
            expectNear([lower[j]!, upper[j]!], probabilityInterval(p, standardError[j]!, 1.96, 'log-log'), 1e-12);
          } else {
            expect([standardError[j], lower[j], upper[j]]).toEqual([0, 1, 1]);
          }
        });
      },
    ),
  );
});

it('so are those of a long curve, from its first event to its last', () => {
  const rows = 200_000;
  const time = Float64Array.from({ length: rows }, (_, row) => ((row * 7919) % rows) + 0.5);
  const event = Uint8Array.from(time, (at) => (Math.floor(at) % 3 === 0 ? 0 : 1));
  const z = intervalWidth(0.95);
  for (const transform of ['log-log', 'log', 'plain'] as const) {
    const { survival, standardError, lower, upper } = kaplanMeier({ time, event }, { transform });
    for (const j of [1, 2, 10, 100, 1_000, 20_000, 100_000, 199_000, 199_990, 199_998]) {
      expectNear([lower[j]!, upper[j]!], probabilityInterval(survival[j]!, standardError[j]!, z, transform), 1e-12);
    }
  }
});

it('so few events of so many that their share is no number move nothing', () => {
  const { survival, standardError, lower, upper } = kaplanMeier({ time: [1], atRisk: [1e100], events: [1e-300] });
  expect([...survival, ...standardError, ...lower, ...upper]).toEqual([1, 0, 1, 1]);
});
