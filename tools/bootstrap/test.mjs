import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, run } from './run.mjs';

/**
 * What each command runs, one row after the other, what stands in a row side by side. The services under end-to-end
 * tests are the built ones, so types come first. Beside the integration tests, which wait for one thing at a time, the
 * tests with stacks of their own have a core left.
 */
const suites = {
  test: () => [
    [types],
    [typesOfTests, lint, format],
    [jestStep(['unit'])],
    [jestStep(['proofs'])],
    [figures],
    [
      jestStep(['e2e', 'faults'], { title: 'end-to-end tests, and faults, one of each kind' }),
      jestStep(['integration']),
    ],
  ],
  'test:unit': () => [[jestStep(['unit'])]],
  'test:planted': () => [[types], [jestStep(['planted'], { title: 'the planted company through the API' })]],
  'test:faults': (only) => [
    [types],
    [jestStep(['faults'], { title: 'all faults', env: { MILEPOST_FAULTS: 'all' }, only })],
  ],
};

/**
 * Runs every step, also after one failed, and sums up. The last line is `N passed, N failed`. Returns the exit code.
 * `only` are parts of file names.
 */
export async function runTests(suite, only = []) {
  const total = { passed: 0, failed: 0 };
  const failures = [];
  const runStep = async (step, held) => {
    const began = Date.now();
    const { passed, failed } = await step.run(held);
    const took = Math.round((Date.now() - began) / 1000);
    console.log(`--- ${step.title}: ${failed === 0 ? 'passed' : 'FAILED'} in ${took} s`);
    total.passed += passed;
    total.failed += failed;
    if (failed > 0) failures.push(`${step.title} (${failed})`);
  };
  for (const row of suites[suite](only)) {
    console.log(`\n=== ${row.map(({ title }) => title).join(' | ')} ===`);
    // The longest stands first, and is the one to watch.
    await Promise.all(row.map((step, i) => runStep(step, i > 0)));
  }
  console.log(failures.length === 0 ? '\nEvery step passed.' : `\nFailed: ${failures.join(', ')}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
}

/** A step that either passes or fails, counted as one. */
const staticStep = (title, command) => ({
  title,
  run: async (held) => ((await run(command, { held })) === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }),
});

const types = staticStep('types', [...bin('typescript/bin/tsc'), '-b']);
// The builds leave the tests out.
const typesOfTests = staticStep('types of tests', [...bin('typescript/bin/tsc'), '-p', 'tools/tsconfig.tests.json']);
const lint = staticStep('lint', [...bin('nx/dist/bin/nx.js'), 'run-many', '-t', 'lint', '--outputStyle=static']);
const format = staticStep('format', [...bin('prettier/bin/prettier.cjs'), '--check', '.', '--log-level=warn']);
// Drawn by the built library, which the types step has made.
const figures = staticStep('figures of the methods', [process.execPath, 'tools/methods-figures/main.mjs', '--check']);

/** What a broker of the tests runs with: it lives for a minute or two, and a second compiler would not pay in that time. */
const JAVA = [process.env.JDK_JAVA_OPTIONS ?? '', '-XX:TieredStopAtLevel=1'].join(' ').trim();

/** Jest's own counts. A suite that could not be run, or a run without a report, is a failure too. */
function jestStep(projects, { title = `${projects[0]} tests`, env = {}, only = [] } = {}) {
  const ownServers = !['unit', 'proofs'].includes(projects[0]);
  return {
    title,
    run: async (held) => {
      const folder = mkdtempSync(join(tmpdir(), 'milepost-reports-'));
      const report = join(folder, 'report.json');
      const args = ['--selectProjects', ...projects, '--json', `--outputFile=${report}`];
      if (ownServers) args.push('--forceExit');
      // One stack serves all integration tests, so one file at a time; the others start their own.
      if (projects[0] === 'integration') args.push('--runInBand');
      const code = await run([...bin('jest/bin/jest.js'), ...args, ...only], {
        env: {
          NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
          JDK_JAVA_OPTIONS: JAVA,
          ...env,
        },
        held,
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
