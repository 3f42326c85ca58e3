import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { run } from './run.mjs';

const STAMP = 'node_modules/.milepost-installed';

/**
 * Makes node_modules what package-lock.json says when it is missing or another's. Not `npm ci`: that refuses a lock
 * file without the optional packages of other platforms, which a registry may not hold.
 */
export async function installDependencies() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  const found = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : '';
  if (found === wanted || (found === '' && installedByNpm())) {
    if (found === '') writeFileSync(STAMP, wanted);
    return true;
  }
  console.log('Installing dependencies (npm install)');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const code = await run([npm, 'install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  if (code === 0) writeFileSync(STAMP, wanted);
  else
    console.error(
      `npm install failed (${code}). Read what it says above; often it is the network, and a second try helps.`,
    );
  return code === 0;
}

/** Somebody ran `npm install` or `npm ci` after the lock file last changed: npm's own record of it has every package. */
function installedByNpm() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(record)) return false;
  const { packages: have } = JSON.parse(readFileSync(record, 'utf8'));
  const { packages: want } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  return Object.entries(want).every(
    ([path, { version, optional, link }]) => path === '' || optional || link || have[path]?.version === version,
  );
}
