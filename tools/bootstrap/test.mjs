import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, run } from './run.mjs';

/** What each command runs. The services under faults are the built ones, so their types come first. */
const suites = {
  test: () => [
    types,
    typesOfTests,
    lint,
    format,
    jestStep('unit'),
    jestStep('proofs', { title: 'proofs of the statistics' }),
    figures,
    jestStep('integration'),
    jestStep('e2e', { title: 'end-to-end tests' }),
    jestStep('faults', { title: 'faults, one of each kind' }),
  ],
  'test:unit': () => [jestStep('unit')],
  'test:faults': (only) => [types, jestStep('faults', { title: 'all faults', env: { MILEPOST_FAULTS: 'all' }, only })],
};

/**
 * Runs every step, also after one failed, and sums up. The last line is `N passed, N failed`. Returns the exit code.
 * `only` are parts of file names.
 */
export async function runTests(suite, only = []) {
  const steps = suites[suite](only);
  const total = { passed: 0, failed: 0 };
  const failures = [];
  for (const step of steps) {
    const began = Date.now();
    console.log(`\n=== ${step.title} ===`);
    const { passed, failed } = await step.run();
    console.log(
      `--- ${step.title}: ${failed === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`,
    );
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failures.push(`${step.title} (${failed})`);
  }
  console.log(failures.length === 0 ? '\nEvery step passed.' : `\nFailed: ${failures.join(', ')}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** A step that either passes or fails, counted as one. */
const staticStep = (title, command, env) => ({
  title,
  run: async () => ((await run(command, env)) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
});

const types = staticStep('types', [...bin('typescript/bin/tsc'), '-b']);
// The builds leave the tests out.
const typesOfTests = staticStep('types of tests', [...bin('typescript/bin/tsc'), '-p', 'tools/tsconfig.tests.json']);
const lint = staticStep('lint', [...bin('nx/dist/bin/nx.js'), 'run-many', '-t', 'lint', '--outputStyle=static']);
const format = staticStep('format', [...bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level=warn']);
// Drawn by the built library, which the types step has made.
const figures = staticStep('figures of the methods', [process.execPath, 'tools/methods-figures/main.mjs', '--check']);

/** Jest's own counts. A suite that could not be run, or a run without a report, is a failure too. */
function jestStep(project, { title = `${project} tests`, env = {}, only = [] } = {}) {
  return {
    title,
    run: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'milepost-reports-'));
      const report = join(folder, `${project}.json`);
      const args = ['--selectProjects', project, '--json', `--outputFile=${report}`];
      if (project !== 'unit' && project !== 'proofs') args.push('--forceExit');
      // One stack serves all integration tests, so one file at a time; the others start their own.
      if (project === 'integration') args.push('--runInBand');
      const code = await run([...bin('jest/bin/jest.js'), ...args, ...only], {
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
        ...env,
      });
      const result = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : null;
      rmSync(folder, { recursive: true, force: true });
      if (!result) return { passed: 0, failed: 1 };
      const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = result;
      const failed = numFailedTests + numRuntimeErrorTestSuites;
      return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
    },
  };
}
