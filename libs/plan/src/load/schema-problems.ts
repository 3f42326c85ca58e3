import type { z } from 'zod';
import { suggestion } from '../text/nearest-name.js';
import type { Fault, PlanPath } from './problem.js';

/** Told with the name of what is missing, which the innermost schema does not know. */
const MISSING = 'is missing.';

const WANTED: Record<string, string> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  number: 'a number',
  object: 'named entries',
  record: 'named entries',
  string: 'text',
};

type Issue = z.core.$ZodIssue;

/** Fits `safeParse(value, { error })`: what is wrong in the words of someone who edits YAML. */
export const explainIssue: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return MISSING;
      return `Found ${kindOf(issue.input)}; want ${WANTED[issue.expected] ?? issue.expected}.`;
    case 'invalid_value': {
      const want = issue.values.join(', ');
      return issue.input === undefined ? MISSING : `Found ${kindOf(issue.input)}; want ${want}.`;
    }
    case 'unrecognized_keys': {
      const known = knownKeys(issue.inst);
      return issue.keys.map((key) => `Nothing is called "${key}" here${suggestion(key, known)}.`).join('\n');
    }
    case 'too_small':
      return `Found ${sizeOf(issue.input)}; want at least ${String(issue.minimum)}.`;
    case 'too_big':
      return `Found ${sizeOf(issue.input)}; want at most ${String(issue.maximum)}.`;
    default:
      return undefined;
  }
};

interface Finding {
  path: PlanPath;
  message: string;
  fault: Fault;
}

/** Each fault once, at the deepest place that it can be pinned to. */
export function flattenIssue(issue: Issue, above: PlanPath = []): Finding[] {
  const path = [...above, ...(issue.path as (string | number)[])];
  if (issue.code === 'unrecognized_keys') {
    const messages = issue.message.split('\n');
    return issue.keys.map((key, i) => ({
      path: [...path, key],
      message: messages[i] ?? issue.message,
      fault: 'name',
    }));
  }
  if (issue.code === 'invalid_key')
    return [{ path, message: issue.issues[0]?.message ?? issue.message, fault: 'name' }];
  if (issue.code === 'invalid_union') return likeliest(issue.errors).flatMap((inner) => flattenIssue(inner, path));
  const message = issue.message === MISSING ? `${path.at(-1) ?? 'The value'} ${MISSING}` : issue.message;
  return [{ path, message, fault: 'value' }];
}

/** Of several forms that a value may have, the one that its writer most likely meant: whose faults lie deepest. */
function likeliest(branches: Issue[][]): Issue[] {
  const depth = (branch: Issue[]): number => Math.max(...branch.map(({ path }) => path.length));
  const rank = (branch: Issue[]): number =>
    branch.some(({ code, path }) => path.length === 0 && code === 'invalid_type') ? -1 : depth(branch);
  return branches.reduce((best, branch) => (rank(branch) > rank(best) ? branch : best), branches[0] ?? []);
}

const knownKeys = (schema: unknown): string[] =>
  Object.keys((schema as { shape?: Record<string, unknown> } | undefined)?.shape ?? {});

const kindOf = (value: unknown): string =>
  value === null
    ? 'nothing'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'named entries'
        : JSON.stringify(value);

const sizeOf = (value: unknown): string =>
  Array.isArray(value)
    ? `${value.length} items`
    : typeof value === 'string'
      ? `${value.length} characters`
      : String(value);
