import type { Micros } from '@milepost/contracts';
import { reasonText } from '@milepost/plan';
import type { Plan, ReasonDefinition, SignalCondition } from '@milepost/plan';
import { MODEL_REASON, MODEL_REASON_KINDS, modelCondition } from '../models/model-condition.js';
import { FeatureRules } from '../models/features.js';
import { compileCondition } from './conditions/compile.js';
import type { Condition } from './conditions/condition.js';

/** One reason of one signal, ready to be judged. */
export interface ReasonRule {
  /** Unique over all signals: two of them may use one reason code. */
  key: string;
  signal: string;
  definition: Pick<ReasonDefinition, 'code' | 'severity'>;
  /** In plain words, with the window that applied. */
  text(window: Micros | null): string;
  condition: Condition;
  cooldown: Micros;
}

/** The plan's signals, compiled once. */
export class SignalRules {
  readonly reasons: readonly ReasonRule[];
  private readonly byKey: ReadonlyMap<string, ReasonRule>;
  /** Without those of models. */
  readonly planned: readonly ReasonRule[];
  /** Types whose events signals must remember. */
  private readonly types: ReadonlySet<string>;

  constructor(readonly plan: Plan) {
    this.planned = plan.signals.flatMap(({ name, cooldown, reasons }) =>
      reasons.map((definition) => ({
        key: `${name}/${definition.code}`,
        signal: name,
        definition,
        text: (window: Micros | null) => reasonText(definition, window),
        condition: compileCondition(definition.condition, plan),
        cooldown,
      })),
    );
    this.reasons = [...this.planned, ...modelReasons(plan)];
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

/** Reason `model`, for the signals that a kind of model belongs to. It is in no plan: control activates it. */
function modelReasons(plan: Plan): ReasonRule[] {
  const features = new FeatureRules(plan);
  return MODEL_REASON_KINDS.flatMap(([kind, name]) => {
    const signal = plan.signals.find((one) => one.name === name);
    if (!signal) return [];
    if (signal.reasons.some(({ code }) => code === MODEL_REASON)) {
      throw new Error(`Signal ${name} of the plan has a reason ${MODEL_REASON}, which is what models open; rename it.`);
    }
    return {
      key: `${name}/${MODEL_REASON}`,
      signal: name,
      definition: { code: MODEL_REASON, severity: 'medium' },
      text: () => 'A model had scored the account over its threshold.',
      condition: modelCondition(kind, features),
      cooldown: signal.cooldown,
    };
  });
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
