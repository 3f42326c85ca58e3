import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { LoadHook } from 'node:module';
import type { Mutant } from './mutants.js';

let mutant: Mutant;
let root: string;

export function initialize(data: { mutant: Mutant; root: string }): void {
  ({ mutant, root } = data);
}

/** Node's hook for loading a module: the mutant's file comes without its clause. */
export const load: LoadHook = async (url, context, next) => {
  if (url !== new URL(mutant.file, root).href) return next(url, context);
  const source = await readFile(fileURLToPath(url), 'utf8');
  if (source.split(mutant.find).length !== 2)
    throw new Error(
      `The mutant "${mutant.clause}" wants its text once in ${mutant.file}: adapt mutants.ts to the code.`,
    );
  return { format: 'module', source: source.replace(mutant.find, () => mutant.put), shortCircuit: true };
};
