import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bin, run } from './run.mjs';

/** Runs every step, also after one failed, and sums up. The last line is `N passed, N failed`. Returns the exit code. */
export async function runTests({ integration }) {
  const reports = mkdtempSync(join(tmpdir(), 'milepost-reports-'));
  const steps = integration
    ? [types, typesOfTests, lint, format, jestStep('unit', reports), jestStep('integration', reports)]
    : [jestStep('unit', reports)];
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
  rmSync(reports, { recursive: true, force: true });
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

/** Jest's own counts. A suite that could not be run, or a run without a report, is a failure too. */
function jestStep(project, reports) {
  const report = join(reports, `${project}.json`);
  const args = ['--selectProjects', project, '--json', `--outputFile=${report}`, '--passWithNoTests'];
  const command = [
    ...bin('jest/bin/jest.js'),
    ...args,
    ...(project === 'integration' ? ['--runInBand', '--forceExit'] : []),
  ];
  return {
    title: `${project} tests`,
    run: async () => {
      const code = await run(command, {
        NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
      });
      if (!existsSync(report)) return { passed: 0, failed: 1 };
      const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(readFileSync(report, 'utf8'));
      const failed = numFailedTests + numRuntimeErrorTestSuites;
      return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed };
    },
  };
}
