import type { Micros } from '@milepost/contracts';
import TinyQueue from 'tinyqueue';

interface Entry {
  due: Micros;
  account: string;
}

const inOrder = (a: Entry, b: Entry): number =>
  a.due - b.due || (a.account < b.account ? -1 : a.account > b.account ? 1 : 0);

/**
 * When each account of a partition must be looked at. An account that only moves its instant further away stays where
 * it is and is looked at once in vain: cheaper than a write for every event.
 */
export class DueIndex {
  private readonly current = new Map<string, Micros>();
  private readonly queue = new TinyQueue<Entry>([], inOrder);

  get size(): number {
    return this.current.size;
  }

  /** True when the index changed, so that the change must be stored. */
  propose(account: string, due: Micros | null): boolean {
    if (due === null) return false;
    const known = this.current.get(account);
    if (known !== undefined && known <= due) return false;
    this.set(account, due);
    return true;
  }

  set(account: string, due: Micros): void {
    this.current.set(account, due);
    this.queue.push({ due, account });
  }

  /** True when it was in the index. */
  remove(account: string): boolean {
    return this.current.delete(account);
  }

  /** Accounts due at or before `at`, without taking them out. */
  peek(at: Micros): string[] {
    const heads: Entry[] = [];
    for (let head = this.pop(at); head; head = this.pop(at)) {
      if (heads.at(-1)?.account !== head.account) heads.push(head);
    }
    for (const head of heads) this.queue.push(head);
    return heads.map(({ account }) => account);
  }

  /** Whether anything at all is due at or before `at`: cheap, for the common answer no. */
  anyDue(at: Micros): boolean {
    this.skipStale();
    const head = this.queue.peek();
    return head !== undefined && head.due <= at;
  }

  /** Takes out the next account due at or before `at`. */
  take(at: Micros): string | undefined {
    const head = this.pop(at);
    if (head) this.current.delete(head.account);
    return head?.account;
  }

  private pop(at: Micros): Entry | undefined {
    return this.anyDue(at) ? this.queue.pop() : undefined;
  }

  private skipStale(): void {
    for (let head = this.queue.peek(); head && this.current.get(head.account) !== head.due; head = this.queue.peek()) {
      this.queue.pop();
    }
  }
}
