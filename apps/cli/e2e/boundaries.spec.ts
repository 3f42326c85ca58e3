import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';

const env = { ...process.env, NX_DAEMON: 'false', NODE_OPTIONS: '' };

/** Rules that lint finds broken when `text` stood in `file`. */
function lint(file: string, text: string): string[] {
  const { stdout } = spawnSync('npx', ['eslint', '--stdin', '--stdin-filename', file, '--format', 'json'], {
    input: text,
    env,
    encoding: 'utf8',
  });
  const [report] = JSON.parse(stdout) as { messages: { ruleId: string }[] }[];
  return report!.messages.map(({ ruleId }) => ruleId);
}

describe('Boundaries bite', () => {
  // Without a project graph the rule says nothing at all, so it is made first.
  execFileSync('npx', ['nx', 'show', 'projects'], { env });

  it.each([
    ['a pure library', 'libs/onboarding/src/fixture.ts', "import { createKafka } from '@milepost/runtime';"],
    ['an adapter of another', 'libs/runtime/src/fixture.ts', "import { migrate } from '@milepost/clickhouse';"],
    ['a service', 'apps/signals/src/fixture.ts', "import { startStack } from '@milepost/stack';"],
  ])('%s may not import what lies outside its bounds', (_, file, text) => {
    expect(lint(file, `${text}\n`)).toContain('@nx/enforce-module-boundaries');
  });

  it.each([
    ['IO', "import { readFileSync } from 'node:fs';\nexport const x = readFileSync;", 'no-restricted-imports'],
    ['a clock', 'export const x = Date.now();', 'no-restricted-properties'],
    ['chance', 'export const x = Math.random();', 'no-restricted-properties'],
  ])('a pure library may not have %s', (_, text, rule) => {
    expect(lint('libs/stream/src/fixture.ts', `${text}\n`)).toContain(rule);
  });
});
