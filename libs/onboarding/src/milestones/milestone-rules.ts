import type { Micros, MilestoneChange, OnboardingEvent } from '@milepost/contracts';
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

const NO_MARKS: readonly Mark[] = [];

/** Four bytes of a state. */
const LEAF_KEYS = 2 ** 27;

const isLeaf = (condition: MilestoneCondition): condition is LeafCondition & { within: Micros | null } =>
  condition.kind === 'count' || condition.kind === 'distinct' || condition.kind === 'active-days';

/** `within` limits when a leaf counts, not what it keeps; so leaves that differ by it alone share their marks. */
const textOf = (condition: LeafCondition): string => JSON.stringify({ ...condition, within: null });
const isSame = (a: LeafCondition, b: LeafCondition): boolean => textOf(a) === textOf(b);
const keyOf = (condition: LeafCondition): number => hash53(textOf(condition)) % LEAF_KEYS;

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

  /** Brings `reached` up to what the marks say now; what that changed, in the plan's order. */
  change(reached: Map<string, Micros>, marks: Marks, start: Micros): MilestoneChange[] {
    const changes: MilestoneChange[] = [];
    for (const { name: milestone, condition } of this.plan.milestones) {
      const at = this.reachedAt(condition, marks, start);
      const previous = reached.get(milestone) ?? null;
      if (at === previous) continue;
      changes.push({ milestone, at, previous });
      if (at === null) reached.delete(milestone);
      else reached.set(milestone, at);
    }
    return changes;
  }

  private reachedAt(condition: MilestoneCondition, marks: Marks, start: Micros): Micros | null {
    const at = isLeaf(condition)
      ? leafReachedAt(condition, marks.get(this.keys.get(condition)!) ?? NO_MARKS)
      : this.combined(condition.kind, condition.parts, marks, start);
    return at !== null && condition.within !== null && at > start + condition.within ? null : at;
  }

  /** Any: at the first that is reached. All: at the last, once all are. In sequence: likewise, if in order. */
  private combined(
    kind: 'all' | 'any' | 'sequence',
    parts: MilestoneCondition[],
    marks: Marks,
    start: Micros,
  ): Micros | null {
    let met: Micros | null = null;
    for (const part of parts) {
      const at = this.reachedAt(part, marks, start);
      if (at === null && kind !== 'any') return null;
      if (at === null) continue;
      if (kind === 'sequence' && met !== null && at < met) return null;
      if (met === null || (kind === 'any' ? at < met : at > met)) met = at;
    }
    return met;
  }

  private collect(condition: MilestoneCondition, leaves: Map<number, LeafCondition>): void {
    if (!isLeaf(condition)) return condition.parts.forEach((part) => this.collect(part, leaves));
    const key = keyOf(condition);
    const known = leaves.get(key);
    if (known && !isSame(known, condition)) {
      const both = `${JSON.stringify(known)} and ${JSON.stringify(condition)}`;
      throw new Error(`Two conditions of the plan's milestones share a key in states, ${both}; change one of them.`);
    }
    this.keys.set(condition, key);
    leaves.set(key, condition);
  }
}
