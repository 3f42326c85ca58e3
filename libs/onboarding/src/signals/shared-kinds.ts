import type { Outcome } from '@milepost/contracts';

/** What is said of several actions in the same words: of 80 actions of an account there are a dozen kinds. */
export interface ActionKind {
  readonly source: string;
  readonly type: string;
  readonly outcome: Outcome;
  /** Whether the action's context states the company's size. */
  readonly isSized: boolean;
}

/** Beyond it somebody makes names up as they go, and no kind is like another. */
const MOST_KINDS = 10_000;

/**
 * One object for each kind, for all accounts. What is decoded is a string of its own each time; kept in thousands of
 * histories, the same few names would be most of a heap that the engine has to look through.
 */
export class SharedKinds {
  /** By source, then type. */
  private readonly kinds = new Map<string, Map<string, ActionKind[]>>();
  private count = 0;

  kindOf(source: string, type: string, outcome: Outcome, isSized: boolean): ActionKind {
    const alike = this.kinds.get(source)?.get(type);
    const known = alike?.find((kind) => kind.outcome === outcome && kind.isSized === isSized);
    return known ?? this.add({ source, type, outcome, isSized });
  }

  private add(kind: ActionKind): ActionKind {
    if (this.count === MOST_KINDS) return kind;
    this.count++;
    const ofSource = this.kinds.get(kind.source) ?? new Map<string, ActionKind[]>();
    this.kinds.set(kind.source, ofSource);
    ofSource.set(kind.type, [...(ofSource.get(kind.type) ?? []), kind]);
    return kind;
  }
}
