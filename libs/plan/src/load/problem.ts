/** Names of keys and indexes of items, from the root of a plan: `['events', 'workflow.run', 'owner']`. */
export type PlanPath = readonly (string | number)[];

/** What is at fault at a path: the value there, or the name that leads to it. */
export type Fault = 'value' | 'name';

/** Something that a person has to mend in a plan, and where. */
export interface Problem {
  file: string;
  /** From 1. */
  line: number;
  /** From 1. */
  column: number;
  /** The path with slashes: `events/workflow.run/owner`. */
  path: string;
  message: string;
}

export const pathText = (path: PlanPath): string => path.join('/');

/** One line of a terminal, in the form that editors and CI turn into a link. */
export const formatProblem = ({ file, line, column, path, message }: Problem): string =>
  `${file}:${line}:${column} ${path === '' ? '' : `${path}: `}${message}`;

/** In the order of reading. */
export const compareProblems = (a: Problem, b: Problem): number =>
  a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
