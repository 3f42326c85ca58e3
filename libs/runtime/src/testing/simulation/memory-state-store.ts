import { decodeOutbox, InfrastructureError, unpackStates } from '@milepost/stream';
import type { Commit, StateStore, StoredPartition } from '@milepost/stream';

interface Stored {
  token: string | null;
  next: number | null;
  clock: number;
  tally: Record<string, number>;
  states: Map<string, Buffer>;
  due: Map<string, number>;
  forgotten: Set<string>;
  control: number;
  outbox: { to: number; bytes: Buffer }[];
}

type Carry = <T>(label: string, carryOut: () => T) => Promise<T>;

const nothing = (): Stored => ({
  token: null,
  next: null,
  clock: 0,
  tally: {},
  states: new Map(),
  due: new Map(),
  forgotten: new Set(),
  control: 0,
  outbox: [],
});
const refuse = (why: string): never => {
  throw new InfrastructureError('ownership-lost', why);
};

/** What the stores of all processes share. A version is never changed, only replaced, so that writes can be lost. */
export class StoredState {
  private readonly versions = new Map<number, Stored[]>();
  schemas = new Set<string>();
  /** Writes of somebody who was not the owner any more: there must be none. */
  readonly trespasses: string[] = [];

  constructor(private readonly versionsKept = 10) {}

  current(partition: number): Stored {
    return this.versions.get(partition)?.at(-1) ?? nothing();
  }

  write(partition: number, token: string, change: (copy: Stored) => void): void {
    const { tally, states, due, forgotten, outbox, ...rest } = this.current(partition);
    const copy = {
      ...rest,
      tally: { ...tally },
      states: new Map(states),
      due: new Map(due),
      forgotten: new Set(forgotten),
      outbox: [...outbox],
    };
    change(copy);
    if (copy.token !== token) this.trespasses.push(`${partition} at ${copy.next}`);
    const versions = [...(this.versions.get(partition) ?? []), copy];
    this.versions.set(partition, versions.slice(-this.versionsKept));
  }

  /** As after a failover to a replica that lagged behind: the newest writes never happened. */
  loseLast(partition: number, writes: number): void {
    const versions = this.versions.get(partition) ?? [];
    this.versions.set(partition, versions.slice(0, Math.max(versions.length - writes, Math.min(1, versions.length))));
  }

  loseAll(): void {
    this.schemas.clear();
    this.versions.clear();
  }
}

/** The state store in memory: the contract that Redis keeps, without Redis. */
export class MemoryStateStore implements StateStore {
  constructor(
    private readonly stored: StoredState,
    private readonly carry: Carry = (_, carryOut) => Promise.resolve().then(carryOut),
  ) {}

  takeOver(partition: number, token: string): Promise<StoredPartition> {
    return this.carry(`takes over ${partition} in the store`, () => {
      this.stored.write(partition, token, (copy) => (copy.token = token));
      const { next, clock, outbox, due, forgotten, control, tally } = this.stored.current(partition);
      return {
        next,
        clock,
        outbox: outbox.map(({ bytes }) => decodeOutbox(bytes)),
        due: [...due],
        forgotten: [...forgotten],
        control,
        tally: { ...tally },
      };
    });
  }

  begin(partition: number, token: string, next: number): Promise<void> {
    return this.carry(`begins ${partition} at ${next}`, () => {
      this.requireToken(partition, token);
      if (this.stored.current(partition).next !== null) refuse('offset');
      this.stored.write(partition, token, (copy) => (copy.next = next));
    });
  }

  load(partition: number, token: string, next: number, accounts: readonly string[]): Promise<(Buffer | null)[]> {
    return this.carry(`loads ${accounts.length} states of ${partition}`, () => {
      this.requireToken(partition, token);
      this.requireNext(partition, next);
      return accounts.map((account) => this.stored.current(partition).states.get(account) ?? null);
    });
  }

  probe(partition: number, token: string, next: number, confirmed: number): Promise<void> {
    return this.carry(`probes ${partition} at ${next}`, () => {
      this.requireToken(partition, token);
      this.requireNext(partition, next);
      if (this.stored.current(partition).outbox.every(({ to }) => to > confirmed)) return;
      this.stored.write(partition, token, (copy) => {
        copy.outbox = copy.outbox.filter(({ to }) => to > confirmed);
      });
    });
  }

  commit(partition: number, token: string, commit: Commit): Promise<void> {
    const { from, to, states, due, forgotten, outbox, confirmed, clock, control, tally } = commit;
    return this.carry(`stores ${partition} [${from}, ${to})`, () => {
      this.requireToken(partition, token);
      this.requireNext(partition, from);
      this.stored.write(partition, token, (copy) => {
        for (const [account, state] of unpackStates(states)) copy.states.set(account, Buffer.from(state));
        for (const [account, instant] of due) {
          if (instant === null) copy.due.delete(account);
          else copy.due.set(account, instant);
        }
        for (const [account, hash] of forgotten) {
          copy.states.delete(account);
          copy.forgotten.add(hash);
        }
        for (const [name, by] of Object.entries(tally)) copy.tally[name] = (copy.tally[name] ?? 0) + by;
        copy.outbox = copy.outbox.filter((batch) => batch.to > confirmed);
        if (outbox) copy.outbox.push({ to, bytes: outbox });
        copy.next = to;
        copy.clock = clock;
        copy.control = control;
      });
    });
  }

  publishSchema(schema: string): Promise<void> {
    return this.carry('publishes its schema', () => void this.stored.schemas.add(schema));
  }

  schemas(): Promise<string[]> {
    return this.carry('asks for schemas', () => [...this.stored.schemas]);
  }

  private requireToken(partition: number, token: string): void {
    if (this.stored.current(partition).token !== token) refuse('token');
  }

  private requireNext(partition: number, next: number): void {
    if (this.stored.current(partition).next !== next) refuse('offset');
  }
}
