import type { Chance } from '@milepost/simulator';

/** Something that may happen next. */
export interface Action {
  label: string;
  /** Not before this instant, simulated milliseconds. */
  at: number;
  /** False while whoever it belongs to is frozen. */
  enabled: () => boolean;
  run: () => void;
}

const always = (): boolean => true;

/** Lets every promise that can go on do so. */
const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

/**
 * Decides by chance what happens next, one action at a time. Nothing else moves: between two actions every promise has
 * come to rest, so the same seed gives the same run.
 */
export class Scheduler {
  now = 1_000_000;
  readonly trace: string[] = [];
  private readonly actions = new Set<Action>();

  constructor(
    readonly chance: Chance,
    private readonly tracing: boolean,
  ) {}

  note(text: string): void {
    if (this.tracing) this.trace.push(`${String(this.now - 1_000_000).padStart(7)} ${text}`);
  }

  plan(label: string, run: () => void, at = this.now, enabled: () => boolean = always): () => void {
    const action = { label, at, enabled, run };
    this.actions.add(action);
    return () => this.actions.delete(action);
  }

  /** Runs one action out of the planned ones and those offered now. False: nothing can ever happen. */
  async step(offered: readonly Action[]): Promise<boolean> {
    const ready: Action[] = [];
    let next = Infinity;
    for (const action of [...offered, ...this.actions]) {
      if (!action.enabled()) continue;
      if (action.at <= this.now) ready.push(action);
      else next = Math.min(next, action.at);
    }
    if (ready.length === 0) {
      if (next === Infinity) return false;
      this.now = next;
      return true;
    }
    const action = this.chance.pick(ready);
    this.actions.delete(action);
    this.note(action.label);
    this.now += this.chance.integer(0, 12);
    action.run();
    await settle();
    return true;
  }
}
