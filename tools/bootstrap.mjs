// `npm start`, `npm test` and `npm run test:unit` begin here. It uses nothing that has to be installed first.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Milepost needs Node 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}

/** Runs a command to its end; the exit code. */
function run(command, args, env = {}) {
  return new Promise((done) => {
    const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
    child.once('error', () => done(127));
    child.once('exit', (code) => done(code ?? 1));
  });
}

/** Installs when the lock file is not the one that was installed last. */
async function install() {
  const stamp = join(root, 'node_modules/.milepost-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return 0;
  console.log('Installing packages (npm ci)');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) writeFileSync(stamp, lock);
  return code;
}

const bin = (name) => join(root, 'node_modules/.bin', name);
const build = () => run(bin('tsc'), ['-b']);

/** A step that either holds or not. */
async function check(title, command, args, env) {
  console.log(`\n== ${title}`);
  const code = await run(command, args, env);
  if (code !== 0) console.log(`== ${title} FAILED`);
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** A jest project; its tests are counted one by one. */
async function jest(project, args = []) {
  console.log(`\n== jest ${project}`);
  const folder = mkdtempSync(join(tmpdir(), 'milepost-jest-'));
  const report = join(folder, 'report.json');
  const code = await run(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '--selectProjects',
      project,
      '--json',
      `--outputFile=${report}`,
      '--silent=false',
      ...args,
    ],
    { NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
  );
  const found = existsSync(report)
    ? JSON.parse(readFileSync(report, 'utf8'))
    : { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 };
  rmSync(folder, { recursive: true });
  const failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
  return { passed: found.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
}

async function test() {
  const nx = { NX_DAEMON: 'false', NX_TUI: 'false', CI: 'true' };
  const steps = [
    () => check('types', bin('tsc'), ['-b']),
    () => check('lint', bin('nx'), ['run-many', '-t', 'lint', '--parallel=2', '--output-style=static'], nx),
    () => check('format', bin('prettier'), ['--check', '--log-level=warn', '.']),
    () => jest('unit'),
    () => jest('integration', ['--runInBand']),
    () => jest('e2e', ['--runInBand']),
  ];
  const sum = { passed: 0, failed: 0 };
  for (const step of steps) {
    const { passed, failed } = await step();
    sum.passed += passed;
    sum.failed += failed;
  }
  console.log(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 ? 0 : 1;
}

async function start(args) {
  if (!args.includes('--help')) console.log('Building');
  const code = await build();
  if (code !== 0) return code;
  const child = spawn(process.execPath, [join(root, 'libs/stack/dist/start/main.js'), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  // Ctrl-C reaches the child by itself; a signal sent to us alone is passed on. Either way it ends first.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((done) => child.once('exit', (exit) => done(exit ?? 1)));
}

const commands = {
  start,
  test,
  'test:unit': async () => {
    const { passed, failed } = await jest('unit');
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed === 0 ? 0 : 1;
  },
};
const [name, ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Unknown command ${name}; want one of ${Object.keys(commands).join(', ')}.`);
  process.exit(2);
}
const installed = await install();
process.exit(installed === 0 ? await command(args) : installed);
