import { planFile } from '../schema/plan-file.schema.js';
import type { PlanFile } from '../schema/plan-file.schema.js';
import { compareProblems } from './problem.js';
import type { Fault, PlanPath, Problem } from './problem.js';
import { explainIssue, flattenIssue } from './schema-problems.js';
import { YamlFile } from './yaml-file.js';

export interface PlanFileText {
  path: string;
  text: string;
  /** A proposal: its entries take the place of those of the same name in the plan. */
  proposed?: boolean;
}

/** Their entries may be spread over files; every other key stands in one file. */
const SPREAD = ['segments', 'events', 'milestones', 'signals'] as const;
const REQUIRED = ['name', 'productLines', 'deduplicationWindow', 'lifecycle', 'segments', 'events'] as const;

type Required = (typeof REQUIRED)[number];
export type WrittenPlan = PlanFile & { [key in Required]-?: NonNullable<PlanFile[key]> };

/** All files of a plan put together, each part still knowing where it was written. */
export class PlanSource {
  readonly problems: Problem[] = [];
  private readonly merged: Record<string, unknown> = {};
  /** By key, or by key and entry where entries may be spread. */
  private readonly origins = new Map<string, YamlFile>();
  private readonly files: YamlFile[];
  private readonly proposals = new Set<YamlFile>();

  constructor(texts: readonly PlanFileText[]) {
    // Sorted, so that the order in which a caller lists a folder changes nothing.
    const sorted = [...texts].sort(
      (a, b) =>
        Number(b.proposed ?? false) - Number(a.proposed ?? false) || (a.path < b.path ? -1 : a.path > b.path ? 1 : 0),
    );
    this.files = sorted.map(({ path, text, proposed }) => {
      const file = new YamlFile(path, text);
      if (proposed) this.proposals.add(file);
      return file;
    });
    for (const file of this.files) this.take(file);
    if (this.problems.length === 0) this.askForMissing();
  }

  /** The plan as written. Only to be asked for while there are no problems. */
  get written(): WrittenPlan {
    return this.merged as WrittenPlan;
  }

  report(path: PlanPath, message: string, fault: Fault = 'value'): void {
    const [key = '', entry] = path;
    const file = this.origins.get(`${key}/${entry}`) ?? this.origins.get(String(key));
    this.problems.push(file ? file.problem(path, message, fault) : { ...NOWHERE, path: path.join('/'), message });
  }

  sorted(): Problem[] {
    return [...this.problems].sort(compareProblems);
  }

  private take(file: YamlFile): void {
    if (file.problems.length > 0) {
      this.problems.push(...file.problems);
      return;
    }
    const read = planFile.safeParse(file.value, { error: explainIssue });
    if (!read.success) {
      for (const issue of read.error.issues) {
        for (const { path, message, fault } of flattenIssue(issue))
          this.problems.push(file.problem(path, message, fault));
      }
      return;
    }
    for (const [key, value] of Object.entries(read.data)) {
      if (this.proposals.has(file) && key !== 'signals') {
        const message = `A proposal is of signals alone; "${key}" belongs into the plan. Want: signals.`;
        this.problems.push(file.problem([key], message, 'name'));
        continue;
      }
      if ((SPREAD as readonly string[]).includes(key)) this.spread(file, key, value as Record<string, unknown>);
      else if (this.claim(file, key, [key])) this.merged[key] = value;
    }
  }

  private spread(file: YamlFile, key: string, entries: Record<string, unknown>): void {
    const all = (this.merged[key] ??= {}) as Record<string, unknown>;
    if (!this.origins.has(key)) this.origins.set(key, file);
    for (const [name, entry] of Object.entries(entries)) {
      if (this.claim(file, `${key}/${name}`, [key, name])) all[name] = entry;
    }
  }

  /** What stands in two files is a mistake, whichever would win; but a proposal wins over the plan. */
  private claim(file: YamlFile, origin: string, path: PlanPath): boolean {
    const other = this.origins.get(origin);
    if (!other) this.origins.set(origin, file);
    else if (!this.proposals.has(other) || this.proposals.has(file))
      this.problems.push(file.problem(path, `"${path.at(-1)}" stands in ${other.path} already.`));
    return !other;
  }

  private askForMissing(): void {
    const home = this.files.find(({ path }) => /(^|\/)plan\.ya?ml$/.test(path)) ?? this.files[0];
    for (const key of REQUIRED) {
      if (this.merged[key] !== undefined) continue;
      const message = `${key} is missing from the plan.`;
      this.problems.push(home ? home.problem([key], message) : { ...NOWHERE, path: key, message });
    }
  }
}

const NOWHERE = { file: 'plan.yaml', line: 1, column: 1 };
