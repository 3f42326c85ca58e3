import { describe, expect, it } from '@jest/globals';
import { hasNoAnswer, StatisticsError, type StatisticsProblem } from './statistics-error.js';

describe('1. A refusal is a finding or a fault', () => {
  it.each<[StatisticsProblem, boolean]>([
    ['not-enough-data', true],
    ['separation', true],
    ['collinear', true],
    ['no-convergence', true],
    ['invalid-input', false],
  ])('1.1 %s says that there is no answer: %s', (problem, wanted) => {
    expect(hasNoAnswer(new StatisticsError(problem, ''))).toBe(wanted);
  });

  it('1.2 what is no refusal of statistics is never one', () => {
    expect([new Error('separation'), 'separation', { problem: 'separation' }, undefined].map(hasNoAnswer)).toEqual([false, false, false, false]); // prettier-ignore
  });
});
