// Other npm packages that offer one of our methods, on the same input, beside ours. They are installed into a folder
// outside of the repository, so that nothing here depends on them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answers } from './npm-answers.mjs';

const PACKAGES = [
  '@fullstax/kaplan-meier-estimator@3.1.2',
  'kaplan-meier@1.1.0',
  'underscore@1.13.8',
  'simple-statistics@7.12.1',
  'jstat@1.9.6',
  '@kobra-dev/js-regression@1.0.12',
  'ml-logistic-regression@2.0.0',
  'ml-matrix@6.12.1',
  'ml-regression-multivariate-linear@2.0.4',
  '@stdlib/stats-ttest2@0.2.3',
  '@stdlib/stats-chi2gof@0.2.3',
  '@stdlib/stats-padjust@0.2.1',
  '@stdlib/stats-incr-ewmean@0.2.3',
  'wilson-score@1.0.0',
];

const listed = (values) => Array.from(values, (one) => Number(one.toPrecision(6))).join(' ');

/** Largest difference, as a share of ours. */
function apart(ours, theirs) {
  const most = Math.max(...Array.from(ours, (one, i) => Math.abs(theirs[i] - one) / Math.abs(one)));
  return most < 1e-12 ? '0' : most.toExponential(0);
}

/** Lines of the table. */
export function npmPeers(say) {
  const folder = mkdtempSync(join(tmpdir(), 'milepost-peers-'));
  try {
    writeFileSync(join(folder, 'package.json'), '{}');
    say(`Installing ${PACKAGES.length} packages to compare with`);
    execFileSync('npm', ['install', '--no-audit', '--no-fund', '--silent', ...PACKAGES], {
      cwd: folder,
      stdio: 'pipe',
    });
    const asked = answers(createRequire(join(folder, 'package.json')));
    return asked.map(([what, ours, name, theirs, lacks]) => [what, listed(ours), name, listed(theirs), apart(ours, theirs), lacks]); // prettier-ignore
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
