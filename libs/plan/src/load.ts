import { z } from 'zod';
import { checkPlan } from './check.js';
import { compilePlan } from './compile.js';
import type { Plan } from './model.js';
import { PlanSource } from './problem.js';
import type { PlanFile, Problem } from './problem.js';
import { planYaml } from './schema.js';
import { versionOf } from './version.js';

/** Reads a plan from its files: the plan, or every mistake with file and line. */
export function loadPlan(files: readonly PlanFile[]): { plan: Plan } | { problems: Problem[] } {
  const source = new PlanSource(files);
  if (source.problems.length > 0) return { problems: source.problems };
  const parsed = planYaml.safeParse(source.merged);
  if (!parsed.success) {
    for (const issue of parsed.error.issues) reportIssue(source, issue);
    return { problems: source.problems };
  }
  checkPlan(parsed.data, source);
  if (source.problems.length > 0) return { problems: source.problems };
  const compiled = compilePlan(parsed.data);
  return { plan: { version: versionOf(compiled), ...compiled } };
}

export const formatProblem = ({ file, line, column, path, message }: Problem): string =>
  `${file}:${line}:${column} ${path} ${message}`;

/** JSON Schema of the plan's files, for editors. Each file holds some of the keys, so none is required. */
export function planJsonSchema(): unknown {
  return z.toJSONSchema(planYaml.partial(), { io: 'input', target: 'draft-7' });
}

type Issue = z.core.$ZodIssue;

/** Of a union's alternatives the one that fits best is reported: where the mistake is, not that none fits. */
function reportIssue(source: PlanSource, issue: Issue, below: PropertyKey[] = []): void {
  const path = [...below, ...issue.path];
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const deepest = [...issue.errors].sort((a, b) => depth(b) - depth(a))[0]!;
    if (depth(deepest) > 0) return deepest.forEach((inner) => reportIssue(source, inner, path));
  }
  source.report(path as (string | number)[], issue.message);
}

const depth = (issues: readonly Issue[]): number => Math.min(...issues.map(({ path }) => path.length));
