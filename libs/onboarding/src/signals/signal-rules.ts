import type { Micros } from '@milepost/contracts';
import type { Plan, ReasonDefinition, SignalCondition } from '@milepost/plan';
import { compileCondition } from './conditions/compile.js';
import type { Condition } from './conditions/condition.js';

/** One reason of one signal, ready to be judged. */
export interface ReasonRule {
  /** Unique over all signals: two of them may use one reason code. */
  key: string;
  signal: string;
  definition: ReasonDefinition;
  condition: Condition;
  cooldown: Micros;
}

/** The plan's signals, compiled once. */
export class SignalRules {
  readonly reasons: readonly ReasonRule[];
  private readonly byKey: ReadonlyMap<string, ReasonRule>;
  /** Types whose events signals must remember. */
  private readonly types: ReadonlySet<string>;

  constructor(readonly plan: Plan) {
    this.reasons = plan.signals.flatMap(({ name, cooldown, reasons }) =>
      reasons.map((definition) => ({
        key: `${name}/${definition.code}`,
        signal: name,
        definition,
        condition: compileCondition(definition.condition, plan),
        cooldown,
      })),
    );
    this.byKey = new Map(this.reasons.map((rule) => [rule.key, rule]));
    const selected = plan.signals.flatMap(({ reasons }) =>
      reasons.flatMap(({ condition }) => selectedTypes(condition)),
    );
    this.types = new Set([...selected, plan.lifecycle.end]);
  }

  /** Undefined for a reason that was announced under another plan and that this one lacks. */
  ruleOf(signal: string, reason: string): ReasonRule | undefined {
    return this.byKey.get(`${signal}/${reason}`);
  }

  remembers(type: string): boolean {
    return this.types.has(type);
  }

  segmentOf(companySize: number | null): string {
    return segmentOf(this.plan, companySize);
  }
}

/** The segment of a company of this size; the plan's own for an unknown one. */
export function segmentOf({ segments, unknownSize }: Plan, companySize: number | null): string {
  if (companySize === null) return unknownSize;
  const found = segments.find(({ from, below }) => companySize >= from && (below === null || companySize < below));
  return found?.name ?? unknownSize;
}

function selectedTypes(condition: SignalCondition): string[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return condition.parts.flatMap(selectedTypes);
    case 'event-until-event':
      return [...condition.select.types, ...condition.until.types];
    case 'stalled':
    case 'reached':
      return [];
    default:
      return condition.select.types;
  }
}
