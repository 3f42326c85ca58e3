import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { StackFiles } from './stack-file.js';

const folder = mkdtempSync(join(tmpdir(), 'milepost-stack-file-'));
const [shared, one, other] = ['shared', 'one', 'other'].map((name) => join(folder, name, 'stack.json'));
const at = (port: number) => ({
  kafka: { brokers: [`127.0.0.1:${port}`] },
  redis: { url: 'redis://127.0.0.1:1' },
  clickhouse: { url: 'http://127.0.0.1:2' },
  services: {},
});
afterAll(() => rmSync(folder, { recursive: true }));

it('the later of two starts is found where both are looked for, and the earlier takes only its own away', () => {
  const earlier = new StackFiles([one!, shared!]);
  const later = new StackFiles([other!, shared!]);
  earlier.write(at(3));
  later.write(at(4));
  earlier.remove();
  expect(existsSync(one!)).toBe(false);
  expect(JSON.parse(readFileSync(shared!, 'utf8'))).toEqual(at(4));
  later.remove();
  expect([other!, shared!].map((path) => existsSync(path))).toEqual([false, false]);
});
