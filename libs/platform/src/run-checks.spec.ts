import { describe, expect, it } from '@jest/globals';
import { runChecks } from './run-checks.js';

describe('runChecks', () => {
  it('tells the detail of each, and what those that fail say, without credentials', async () => {
    const results = await runChecks(
      {
        redis: () => Promise.resolve('PONG'),
        clickhouse: () => Promise.reject(new Error('http://u:hunter2@ch does not answer')),
        partitions: () => {
          throw new Error('The group is not joined yet.');
        },
      },
      1_000,
    );
    expect(results).toEqual({
      redis: { status: 'up', detail: 'PONG' },
      clickhouse: { status: 'down', detail: 'http://***@ch does not answer' },
      partitions: { status: 'down', detail: 'The group is not joined yet.' },
    });
  });

  it('gives up on one that does not answer, side by side with the others', async () => {
    const never = (): Promise<string> => new Promise(() => undefined);
    const results = await runChecks({ a: never, b: never, c: () => Promise.resolve('ok') }, 10);
    expect(results).toEqual({
      a: { status: 'down', detail: 'no answer within 10 ms' },
      b: { status: 'down', detail: 'no answer within 10 ms' },
      c: { status: 'up', detail: 'ok' },
    });
  });
});
