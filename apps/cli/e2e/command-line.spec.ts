import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';

const env = { ...process.env, NODE_OPTIONS: '' };
const milepost = (...args: string[]) =>
  spawnSync(process.execPath, ['apps/cli/bin/milepost.mjs', ...args], { env, encoding: 'utf8' });

it('watch --help says what "from history" means', () => {
  const { status, stdout } = milepost('watch', '--help');
  expect([status, stdout]).toEqual([0, expect.stringContaining('"from history" marks a trigger that is not live')]);
});

it('backtest without a file names one', () => {
  const { status, stderr } = milepost('backtest');
  expect(status).toBe(2);
  expect(stderr).toContain("required option '--signal <file>' not specified");
  expect(stderr).toContain('docs/examples/proposed-signal.yaml');
});

it.each([
  [['--until', '2999-01-01'], 'Want a time that has passed, such as 2026-06-01'],
  [['--until', 'soon'], 'Want a time that has passed'],
  [['--until', '2026-06-01', '--live'], "'--until <time>' cannot be used with option '--live'"],
])('simulate %p is refused', (args, words) => {
  const { status, stderr } = milepost('simulate', ...args);
  expect([status, stderr]).toEqual([2, expect.stringContaining(words)]);
});
