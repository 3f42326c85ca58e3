import { readFileSync } from 'node:fs';

const read = (path: string) => JSON.parse(readFileSync(new URL(`../../reference/${path}`, import.meta.url), 'utf8'));

/** The figures that `reference/<folder>/make-reference.R` or `.py` made. */
export const figures = (folder: string, language: 'r' | 'py') => read(`${folder}/reference-${language}.json`);

/** Data sets that `survival/make-random.R` drew, with R's figures for them. */
export const drawnData = () => read('survival/random-r.json');

/** Data sets of which `survival/make-separation.py` says whether a likelihood has a maximum. */
export const separationSets = () => read('survival/separation.json').sets;

/** R's and scikit-survival's figures on public data sets (`survival/make-public.R`, `make-public.py`). */
export const publicData = (language: 'r' | 'py') => read(`survival/public-${language}.json`);

/** R's figures on kinds of data that the others lack (`survival/make-further.R`). */
export const furtherData = () => read('survival/further-r.json');

/** Outcomes with the intervals that `experiments/make-betting.py` bisected. */
export const bettingCases = () => read('experiments/betting-py.json').cases;

type Columns = Record<string, number[]>;

/** A public data set by column, as `survival/make-data.py` wrote it; null where a value is missing. */
export const dataSet = (name: 'lung' | 'rossi' | 'heart' | 'waltons'): Columns =>
  read(`survival/data-${name}.json`).columns;

/** The rows of which all the columns are known. */
export function complete(columns: Columns, names: readonly string[]): Columns {
  const kept = columns[names[0]!]!.map((_, i) => i).filter((i) => names.every((name) => columns[name]![i] !== null));
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, kept.map((i) => column[i]!)]));
}
