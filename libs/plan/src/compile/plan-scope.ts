import type { Fault, PlanPath } from '../load/problem.js';
import type { WrittenPlan } from '../load/plan-source.js';
import { suggestion } from '../text/nearest-name.js';

export type Report = (path: PlanPath, message: string, fault?: Fault) => void;

/** The names that a plan defines, for resolving those that it refers to, and where problems go. */
export class PlanScope {
  readonly coreActions: readonly string[];
  private readonly milestones: Record<string, unknown>;

  constructor(
    readonly written: WrittenPlan,
    readonly report: Report,
  ) {
    this.milestones = written.milestones ?? {};
    this.coreActions = Object.keys(written.events).filter((type) => written.events[type]!.coreAction);
  }

  event(name: string, path: PlanPath): void {
    this.expect('event', name, this.written.events, path);
  }

  milestone(name: string, path: PlanPath): void {
    this.expect('milestone', name, this.milestones, path);
  }

  segment(name: string, path: PlanPath): void {
    this.expect('segment', name, this.written.segments, path, 'name');
  }

  productLine(name: string, path: PlanPath): void {
    this.expect('product line', name, Object.fromEntries(this.written.productLines.map((line) => [line, true])), path);
  }

  private expect(kind: string, name: string, known: Record<string, unknown>, path: PlanPath, fault?: Fault): void {
    if (Object.hasOwn(known, name)) return;
    this.report(path, `No ${kind} is called "${name}"${suggestion(name, Object.keys(known))}.`, fault);
  }

  /** The one kind that a condition has; null (and a problem) when it has none or several. */
  kind<K extends string>(condition: object, kinds: readonly K[], path: PlanPath): K | null {
    const present = kinds.filter((kind) => (condition as Record<string, unknown>)[kind] !== undefined);
    if (present.length === 1) return present[0]!;
    const found = present.length === 0 ? 'no condition' : present.join(' and ');
    this.report(path, `Found ${found}; want exactly one of ${kinds.join(', ')}.`);
    return null;
  }
}
