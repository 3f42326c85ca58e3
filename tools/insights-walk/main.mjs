// Runs the commands of docs/insights.md against the sample company up to a fixed day, and puts in what they print.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { environment, Service, setUp } from '../../bench/measures/service.mjs';
import { freePort, startOwnStack, until } from '../../libs/stack/dist/index.js';
import { withOutputs } from './walk.mjs';

const HELP = `Writes what the commands of docs/insights.md print into it. Needs bash, curl and jq.

  npm run docs:insights [-- OPTIONS]
    --check   write nothing; the exit code is 1 when a figure is another one`;
const UNTIL = '2026-06-01';
/** Stream time stays where the history ends, whatever day it is. */
const NO_WALL_CLOCK = { IDLE_AFTER_MS: '1000000000000' };
const WORKSPACE = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = join(WORKSPACE, 'docs/insights.md');
/** A model is published and put into force when the command runs. */
const WHEN_PUBLISHED = /("(published|since)": "|in force: \w+ of churn since )[\d-]+(T[\d:.]+Z)?/g;

const options = { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } };
const { values } = parseArgs({ options });
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const say = (line) => process.stderr.write(`${line}\n`);
const folder = mkdtempSync(join(tmpdir(), 'milepost-insights-walk-'));
const stack = await startOwnStack({ dataDir: join(folder, 'stack'), onProgress: say });
const services = [];
try {
  const { addresses } = stack;
  const start = (name, settings = NO_WALL_CLOCK) => services.push(new Service(name, addresses, '', { settings }));
  const milepost = (...args) => command(process.execPath, ['apps/cli/bin/milepost.mjs', ...args], environment(addresses, '')); // prettier-ignore
  await setUp(addresses, '');
  for (const name of ['milestones', 'signals', 'warehouse']) start(name);
  say(milepost('simulate', '--until', UNTIL));
  say(milepost('reconcile').trimEnd().split('\n').at(-1));
  const { model } = JSON.parse(milepost('models', 'fit', 'churn', '--json'));
  milepost('models', 'activate', model.version);
  // Only now: so its first snapshot has all of it.
  const port = String(await freePort());
  start('insights', { PORT: port, HOST: '127.0.0.1', API_AUTH: 'off' });
  const base = `http://127.0.0.1:${port}`;
  await until('insights', async () => ((await fetch(`${base}/health/ready`)).ok ? null : Promise.reject(new Error('not ready'))), 120_000); // prettier-ignore
  const run = (text) => command('bash', ['-euo', 'pipefail', '-c', text], { ...process.env, INSIGHTS: base });
  const found = readFileSync(DOCUMENT, 'utf8');
  const written = await laidOut(withOutputs(found, run));
  if (!values.check) writeFileSync(DOCUMENT, written);
  else if (sameTimes(written) !== sameTimes(found)) {
    const now = join(tmpdir(), 'milepost-insights.md');
    writeFileSync(now, written);
    say(`docs/insights.md has figures that its commands do not print; ${now} has theirs. Run npm run docs:insights, and look at them.`); // prettier-ignore
    process.exitCode = 1;
  }
} finally {
  await Promise.all(services.map((one) => one.stop()));
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}

function sameTimes(text) {
  return text.replace(WHEN_PUBLISHED, '$1');
}

async function laidOut(text) {
  return prettier.format(text, { ...(await prettier.resolveConfig(DOCUMENT)), filepath: DOCUMENT });
}

function command(program, args, env) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: WORKSPACE, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${args.at(-1)}\nfailed: ${error?.message ?? stderr}${stdout}`);
  return stdout;
}
