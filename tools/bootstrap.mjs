// What `npm start` and `npm test` begin with on a fresh clone: no dependency but Node, so it can install the others.
import { fileURLToPath } from 'node:url';
import { buildWorkspace } from './bootstrap/build.mjs';
import { installDependencies } from './bootstrap/install.mjs';
import { checkNode } from './bootstrap/node-version.mjs';
import { startAll } from './bootstrap/start.mjs';
import { runTests } from './bootstrap/test.mjs';

const commands = {
  start: async (args) => {
    if (!(await buildWorkspace())) return 1;
    return startAll(args);
  },
  test: () => runTests('test'),
  'test:unit': () => runTests('test:unit'),
  'test:planted': () => runTests('test:planted'),
  'test:faults': (args) => runTests('test:faults', args),
};

const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  console.error(`Say what to do: node tools/bootstrap.mjs ${Object.keys(commands).join(' | ')}`);
  process.exit(1);
}
checkNode();
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.env.NX_DAEMON = 'false'; // A daemon would outlive the command that started it.
process.exit((await installDependencies()) ? await command(args) : 1);
