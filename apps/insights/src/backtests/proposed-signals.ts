import { backtestsBody } from '@milepost/contracts/http';
import { loadProposal } from '@milepost/plan';
import type { Plan, PlanFileText, Proposal } from '@milepost/plan';
import { ProblemException } from '@milepost/platform';

/** Conditions within conditions; deeper, and what reads them runs out of stack. */
const DEPTH = 40;

/**
 * The plan with the body's signals in it. Faults are the plan loader's, each with the path to its field.
 *
 * @throws ProblemException `invalid-proposal`
 */
export function proposedSignals(body: unknown, files: readonly PlanFileText[], current: Plan): Proposal {
  if (isDeeper(body, DEPTH)) throw invalid([{ parameter: 'signals', detail: `nested more than ${DEPTH} deep; want conditions within conditions at most a few times` }]); // prettier-ignore
  const parsed = backtestsBody.safeParse(body);
  if (!parsed.success) {
    const errors = parsed.error.issues.map((issue) => ({ parameter: issue.path.join('/') || 'body', detail: issue.message })); // prettier-ignore
    throw invalid(errors, ' Send JSON (Content-Type: application/json) of the form {"signals": {NAME: SIGNAL}}, as in the plan.'); // prettier-ignore
  }
  // JSON is YAML, so what reads plans reads this, too.
  const loaded = loadProposal(files, current, { path: 'body', text: JSON.stringify(parsed.data) });
  if ('problems' in loaded) throw invalid(loaded.problems.map(({ path, message }) => ({ parameter: path || 'body', detail: message }))); // prettier-ignore
  if (loaded.signals.length === 0) throw invalid([{ parameter: 'signals', detail: 'differ in nothing from the plan in force; change or add one' }]); // prettier-ignore
  return loaded;
}

type Errors = { parameter: string; detail: string }[];

/** The first of many faults are enough to mend the rest by. */
const TOLD = 50;

function invalid(errors: Errors, more = ''): ProblemException {
  const told = errors.slice(0, TOLD).map(({ parameter, detail }) => ({ parameter: parameter.slice(0, 200), detail: detail.slice(0, 500) })); // prettier-ignore
  const detail = told.map((one) => `${one.parameter}: ${one.detail.replace(/\.$/, '')}`).join('; ');
  return new ProblemException('invalid-proposal', `${detail}.${more}`, { errors: told });
}

const isDeeper = (value: unknown, depth: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (depth === 0 || Object.values(value).some((one) => isDeeper(one, depth - 1)));
