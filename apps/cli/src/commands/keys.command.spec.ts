import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { printed } from '../testing/printed.js';
import { createApiKey } from './keys.command.js';

const before = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'milepost-keys-')));
process.chdir(folder);
afterAll(() => {
  process.chdir(before);
  rmSync(folder, { recursive: true });
});

const create = (name: string, json = false): Promise<string> =>
  printed(() => Promise.resolve(createApiKey({ file: 'api-keys.json', name, role: 'viewer', json })));

it('says in full where a key was written, whichever the working directory', async () => {
  const path = join(folder, 'api-keys.json');
  expect(await create('ada')).toMatch(new RegExp(`^mp_\\S+\nShown this once. Made ${path}, which holds its hash.\n`));
  expect(existsSync(path)).toBe(true);
  expect(await create('bob')).toContain(`Added to ${path}`);
  expect(JSON.parse(await create('cyd', true))).toMatchObject({ name: 'cyd', file: path });
});
