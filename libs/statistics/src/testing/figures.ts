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

/** Outcomes with the intervals that `experiments/make-betting.py` bisected. */
export const bettingCases = () => read('experiments/betting-py.json').cases;
