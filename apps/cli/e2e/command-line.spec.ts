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
