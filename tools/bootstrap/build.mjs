import { bin, run } from './run.mjs';

/** Compiles what changed. */
export async function buildWorkspace() {
  console.log('Building');
  const code = await run([...bin('typescript/bin/tsc'), '-b']);
  if (code !== 0) console.error('The build failed; the errors are above.');
  return code === 0;
}
