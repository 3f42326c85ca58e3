import type { Micros, Outcome } from '@milepost/contracts';

/** What a moment can be; chunks tell it as the place in this list. */
export const MOMENT_TYPES = [
  'account.created',
  'workspace.configured',
  'data.imported',
  'integration.connected',
  'teammate.invited',
  'workflow.created',
  'workflow.run',
  'report.viewed',
  'guide.completed',
  'feedback.recorded',
  'subscription.started',
  'subscription.renewed',
  'subscription.expanded',
  'subscription.cancelled',
] as const;
export type MomentType = (typeof MOMENT_TYPES)[number];

/** In the order of a chunk's `outcome`. */
export const MOMENT_OUTCOMES: readonly Outcome[] = ['succeeded', 'failed'];

const CODES = Object.fromEntries(MOMENT_TYPES.map((type, i) => [type, i])) as Record<MomentType, number>;

/** Events as columns, a dozen numbers for what an object would take a hundred. Its arrays have room for more than `count`. */
export class Moments {
  count = 0;
  /** Microseconds since the epoch. */
  at: Float64Array;
  /** Number of the account. */
  account: Uint32Array;
  /** Which of the account's moments it is: with the account's number it is the event's id. */
  order: Uint32Array;
  type: Uint8Array;
  outcome: Uint8Array;
  /** Number of the account's user; 0 for none. */
  user: Uint16Array;
  /** What it says beside: see `planted-event.ts`. */
  detail: Uint32Array;

  constructor(room: number) {
    this.at = new Float64Array(room);
    this.account = new Uint32Array(room);
    this.order = new Uint32Array(room);
    this.type = new Uint8Array(room);
    this.outcome = new Uint8Array(room);
    this.user = new Uint16Array(room);
    this.detail = new Uint32Array(room);
  }

  add(type: MomentType, at: Micros, user: number, detail: number, failed = false): void {
    if (this.count === this.at.length) this.grow();
    const i = this.count++;
    this.at[i] = at;
    this.type[i] = CODES[type];
    this.user[i] = user;
    this.detail[i] = detail;
    this.outcome[i] = failed ? 1 : 0;
  }

  /** Numbers the moments, which are all of one account, and gives their places in order of time. */
  inOrder(account: number): Uint32Array {
    const places = Uint32Array.from({ length: this.count }, (_, i) => i);
    places.sort((a, b) => this.at[a]! - this.at[b]! || a - b);
    places.forEach((place, order) => (this.order[place] = order));
    this.account.fill(account, 0, this.count);
    return places;
  }

  /** Copies the moment at `from` of `source`. There is room. */
  take(source: Moments, from: number): void {
    const i = this.count++;
    this.at[i] = source.at[from]!;
    this.account[i] = source.account[from]!;
    this.order[i] = source.order[from]!;
    this.type[i] = source.type[from]!;
    this.outcome[i] = source.outcome[from]!;
    this.user[i] = source.user[from]!;
    this.detail[i] = source.detail[from]!;
  }

  private grow(): void {
    const larger = new Moments(2 * this.count);
    larger.at.set(this.at);
    larger.type.set(this.type);
    larger.outcome.set(this.outcome);
    larger.user.set(this.user);
    larger.detail.set(this.detail);
    larger.account.set(this.account);
    larger.order.set(this.order);
    Object.assign(this, larger, { count: this.count });
  }
}
