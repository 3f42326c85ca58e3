import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../instance.js';

const STATES = [
  { file: 'milestones/milestones-state.js', ends: 'to.long(state.latestReceipt);' },
  { file: 'signals/signals-state.schema.js', ends: null },
  {
    file: 'signals/signals-state.js',
    ends: 'for (const name of this.otherNames)\n            to.string(name);\n        to.long(0);',
  },
];
const FIELDS = 'Object.entries(fields).map(([field, type]) => ({ name: field, type }))';
const MORE = `${FIELDS}.concat(/v2/.test(name) ? [{ name: 'visits', type: 'long', default: 7 }] : [])`;

/**
 * The services as a next version might be: a copy of the build in `folder` whose states have one more field. What a
 * version reads that lacks it, and what one reads that has it, is for Avro to resolve.
 */
export function nextVersion(folder: string): string {
  const root = join(folder, 'next-version');
  for (const kind of ['apps', 'libs']) for (const name of readdirSync(join(ROOT, kind))) copyBuild(root, kind, name);
  linkPackages(root);
  for (const { file, ends } of STATES) alter(join(root, 'libs/onboarding/dist', file), ends);
  return root;
}

function copyBuild(root: string, kind: string, name: string): void {
  const [from, to] = [join(ROOT, kind, name), join(root, kind, name)];
  const isBuilt = (path: string): boolean => !/\/(src|e2e|reference|native|node_modules|fixtures)$/.test(path);
  cpSync(from, to, { recursive: true, filter: isBuilt });
  if (existsSync(join(from, 'node_modules'))) symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'));
}

/** Our own packages are the copy's, all others those of the workspace. */
function linkPackages(root: string): void {
  const packages = join(root, 'node_modules');
  mkdirSync(join(packages, '@milepost'), { recursive: true });
  for (const name of readdirSync(join(ROOT, 'node_modules')))
    if (name !== '@milepost') symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
  for (const name of readdirSync(join(root, 'libs')))
    symlinkSync(join(root, 'libs', name), join(packages, '@milepost', name));
}

function alter(file: string, ends: string | null): void {
  let text = readFileSync(file, 'utf8');
  const put = (find: string, by: string): void => {
    if (!text.includes(find)) throw new Error(`${file} has no "${find}": the next version can't be made.`);
    text = text.replace(find, by);
  };
  if (ends === null || text.includes(FIELDS)) put(FIELDS, MORE);
  if (ends !== null) put(ends, `${ends}\n        ${ends.startsWith('to.') ? 'to' : 'this.to'}.long(7);`);
  writeFileSync(file, text);
}
