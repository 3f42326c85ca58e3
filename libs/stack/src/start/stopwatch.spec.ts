import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { BEGAN_AT, stopwatch } from './stopwatch.js';

describe('The seconds before a line', () => {
  it('count from the start of the command, install and build included', () => {
    let now = 90_000;
    const at = stopwatch('10000', () => now);
    now += 2_500;
    expect(at('The stack is up')).toBe('[  82.5s] The stack is up');
  });

  it.each([undefined, '', 'soon', '-1', '90001'])('count from now when the command says %p', (told) =>
    expect(stopwatch(told, () => 90_000)('Up')).toBe('[   0.0s] Up'),
  );

  it('are told by the command under the name that is read', () =>
    expect(readFileSync('tools/bootstrap/start.mjs', 'utf8')).toContain(BEGAN_AT));
});
