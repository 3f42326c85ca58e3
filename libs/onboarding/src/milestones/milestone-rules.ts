import type { Micros, OnboardingEvent } from '@milepost/contracts';
import type { MilestoneCondition, Plan } from '@milepost/plan';
import { hash53 } from './identity.js';
import { addToLeaf, leafReachedAt } from './statistic.js';
import type { LeafCondition, Mark } from './statistic.js';

/** Marks by leaf. A leaf's key is a hash of its definition, so a changed plan keeps what it still asks for. */
export type Marks = Map<number, Mark[]>;

interface Leaf {
  key: number;
  condition: LeafCondition;
}

const isLeaf = (condition: MilestoneCondition): condition is LeafCondition & { within: Micros | null } =>
  condition.kind === 'count' || condition.kind === 'distinct' || condition.kind === 'active-days';

/** `within` limits when a leaf counts, not what it keeps; so leaves that differ by it alone share their marks. */
const keyOf = (condition: LeafCondition): number => hash53(JSON.stringify({ ...condition, within: null }));

/** The plan's milestones, arranged for looking up by event type. */
export class MilestoneRules {
  private readonly leavesByType = new Map<string, Leaf[]>();
  private readonly keys = new Map<MilestoneCondition, number>();

  constructor(private readonly plan: Plan) {
    const leaves = new Map<number, LeafCondition>();
    for (const { condition } of plan.milestones) this.collect(condition, leaves);
    for (const [key, condition] of leaves) {
      for (const type of condition.select.types) {
        this.leavesByType.set(type, [...(this.leavesByType.get(type) ?? []), { key, condition }]);
      }
    }
  }

  /** Adds an event to the marks. True when any changed. */
  add(marks: Marks, event: OnboardingEvent): boolean {
    let changed = false;
    for (const { key, condition } of this.leavesByType.get(event.type) ?? []) {
      if (condition.select.outcome !== null && condition.select.outcome !== event.outcome) continue;
      let own = marks.get(key);
      if (!own) marks.set(key, (own = []));
      if (addToLeaf(condition, own, event)) changed = true;
    }
    return changed;
  }

  /** When each milestone of the plan was reached, given the account's start. */
  evaluate(marks: Marks, start: Micros): Map<string, Micros> {
    const reached = new Map<string, Micros>();
    for (const { name, condition } of this.plan.milestones) {
      const at = this.reachedAt(condition, marks, start);
      if (at !== null) reached.set(name, at);
    }
    return reached;
  }

  private reachedAt(condition: MilestoneCondition, marks: Marks, start: Micros): Micros | null {
    const at = isLeaf(condition)
      ? leafReachedAt(condition, marks.get(this.keys.get(condition)!) ?? [])
      : combine(
          condition.kind,
          condition.parts.map((part) => this.reachedAt(part, marks, start)),
        );
    return at !== null && condition.within !== null && at > start + condition.within ? null : at;
  }

  private collect(condition: MilestoneCondition, leaves: Map<number, LeafCondition>): void {
    if (!isLeaf(condition)) return condition.parts.forEach((part) => this.collect(part, leaves));
    const key = keyOf(condition);
    this.keys.set(condition, key);
    leaves.set(key, condition);
  }
}

function combine(kind: 'all' | 'any' | 'sequence', parts: (Micros | null)[]): Micros | null {
  const reached = parts.filter((at) => at !== null);
  if (kind === 'any') return reached.length > 0 ? Math.min(...reached) : null;
  if (reached.length < parts.length) return null;
  const inOrder = reached.every((at, i) => i === 0 || reached[i - 1]! <= at);
  return kind === 'sequence' && !inOrder ? null : Math.max(...reached);
}
