import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { until } from '../until.js';
import { KeptRunning } from './keep-running.js';
import type { Recovery } from './keep-running.js';

let folder: string;
let said: string[];
let kept: KeptRunning | undefined;
/** Ends by itself as long as this file is there. */
const doomed = (): string => join(folder, 'doomed');
const SCRIPT = `require('node:fs').existsSync(process.argv[1]) ? process.exit(3) : setInterval(() => {}, 1000)`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'milepost-kept-'));
  said = [];
  writeFileSync(doomed(), '');
});
afterEach(async () => {
  await kept?.stop(1_000);
  rmSync(folder, { recursive: true });
});

function start(recovery: Recovery | null): void {
  const spec = { args: ['-e', SCRIPT, doomed()], cwd: folder, env: {}, logFile: join(folder, 'log') };
  kept = new KeptRunning({ name: 'signals', spec, runDir: folder, say: (line) => void said.push(line), recovery });
  kept.start();
}
const untilSaid = (words: RegExp) => until(String(words), () => Promise.resolve(expect(said.join('\n')).toMatch(words)), 20_000); // prettier-ignore

describe('A service that ended', () => {
  it('is said to be ready again when it is, and not before; first what that may wait for', async () => {
    let [ready, asked] = [false, 0];
    start({ isReady: () => Promise.resolve(asked++ > 0 && ready), waitsFor: 'Kafka must let it go first' });
    await untilSaid(/ended/);
    rmSync(doomed());
    expect(said[0]).toMatch(/^signals ended \(3\); again in 1 s\. Its log: /);
    expect(said[1]).toBe('  Kafka must let it go first');
    await until('asking again', () => Promise.resolve(expect(asked).toBeGreaterThan(2)), 20_000);
    expect(said).toHaveLength(2);
    ready = true;
    await untilSaid(/ready again/);
    expect(said[2]).toMatch(/^signals is ready again, \d+ s after it ended$/);
  });

  it('is not called ready when it has ended once more, and is counted from its first end', async () => {
    const answers: ((ready: boolean) => void)[] = [];
    start({ isReady: () => new Promise((answer) => void answers.push(answer)), waitsFor: '' });
    await untilSaid(/again in 2 s/);
    answers[0]!(true); // of the one that has ended meanwhile: asked before, answered after
    await setImmediate();
    expect(said.filter((line) => line.includes('ready'))).toEqual([]);
    rmSync(doomed());
    await until('the third to be asked', () => Promise.resolve(expect(answers).toHaveLength(2)), 20_000);
    answers[1]!(true);
    await untilSaid(/ready again, ([3-9]|1\d) s after/);
    expect(said.filter((line) => line.includes('ready'))).toHaveLength(1);
  });
});
