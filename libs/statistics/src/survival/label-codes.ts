import { StatisticsError } from '../statistics-error.js';
import { checkLength } from './checked-column.js';

export type Label = string | number;

export interface LabelCodes {
  /** In the order in which they came. */
  readonly labels: readonly Label[];
  /** By row, the place of its label among them. */
  readonly codes: Uint32Array;
}

/** @throws StatisticsError `invalid-input` if there is not one label for each row */
export function labelCodes(name: string, given: ArrayLike<Label>, rows: number): LabelCodes {
  checkLength(name, given, rows);
  const codeOf = new Map<Label, number>();
  const codes = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) {
    const label = given[i]!;
    if (typeof label !== 'string' && !Number.isFinite(label)) {
      throw new StatisticsError('invalid-input', `${name}[${i}] is ${String(label)}: give a text or a finite number.`);
    }
    let code = codeOf.get(label);
    if (code === undefined) {
      code = codeOf.size;
      codeOf.set(label, code);
    }
    codes[i] = code;
  }
  return { labels: [...codeOf.keys()], codes };
}

/** Places of labels by their order: numbers by size, texts by their letters. */
export const ascendingLabels = (labels: readonly Label[]): number[] =>
  [...labels.keys()].sort((a, b) => (labels[a]! < labels[b]! ? -1 : labels[a]! > labels[b]! ? 1 : 0));
