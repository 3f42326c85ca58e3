import { decodeOutbox, InfrastructureError } from '@milepost/stream';
import type { Commit, StateStore, StoredPartition } from '@milepost/stream';
import type { Redis } from 'ioredis';
import { BEGIN, COMMIT, LOAD, PROBE, TAKE_OVER } from './scripts.js';

type Argument = string | number | Buffer;
/** Arguments come as one array: spread over a call, those of a large batch would not fit on the stack. */
type Script = (keys: readonly string[], args: readonly Argument[]) => Promise<unknown>;

const DUE_CHUNK = 10_000;

/** Keys of one partition of one topology, in one hash slot. */
export function partitionKeys(prefix: string, topology: string, partition: number) {
  const slot = `${prefix}{${topology}:${partition}}`;
  return {
    meta: `${slot}:meta`,
    state: `${slot}:state`,
    outbox: `${slot}:outbox`,
    due: `${slot}:due`,
    forgotten: `${slot}:forgotten`,
  };
}

/** State in Redis: each method is one Lua call, so that it happens whole or not at all. */
export class RedisStateStore implements StateStore {
  private readonly takeOverScript: Script;
  private readonly beginScript: Script;
  private readonly loadScript: Script;
  private readonly probeScript: Script;
  private readonly commitScript: Script;

  constructor(
    private readonly redis: Redis,
    private readonly topology: string,
    private readonly prefix: string,
  ) {
    const define = (name: string, keys: number, lua: string): Script => {
      redis.defineCommand(name, { numberOfKeys: keys, lua });
      const client = redis as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
      return (on, args) => client[`${name}Buffer`]!(...on, args);
    };
    this.takeOverScript = define('milepostTakeOver', 3, TAKE_OVER);
    this.beginScript = define('milepostBegin', 1, BEGIN);
    this.loadScript = define('milepostLoad', 2, LOAD);
    this.probeScript = define('milepostProbe', 2, PROBE);
    this.commitScript = define('milepostCommit', 5, COMMIT);
  }

  async takeOver(partition: number, token: string): Promise<StoredPartition> {
    const { meta, outbox, forgotten } = this.keys(partition);
    const reply = await this.guard(this.takeOverScript([meta, outbox, forgotten], [token]));
    const [fields, batches, hashes] = reply as [Buffer[], Buffer[], Buffer[]];
    const found = new Map<string, string>();
    for (let i = 0; i < fields.length; i += 2) found.set(fields[i]!.toString(), fields[i + 1]!.toString());
    const next = found.get('next');
    const tally = [...found]
      .filter(([name]) => name.startsWith('t:'))
      .map(([name, value]) => [name.slice(2), Number(value)]);
    return {
      next: next === undefined ? null : Number(next),
      clock: Number(found.get('clock') ?? 0),
      outbox: batches.map(decodeOutbox),
      due: await this.dueOf(partition),
      forgotten: hashes.map(String),
      control: Number(found.get('control') ?? 0),
      tally: Object.fromEntries(tally) as Record<string, number>,
    };
  }

  async begin(partition: number, token: string, next: number): Promise<void> {
    await this.guard(this.beginScript([this.keys(partition).meta], [token, next]));
  }

  async load(partition: number, token: string, next: number, accounts: readonly string[]): Promise<(Buffer | null)[]> {
    const { meta, state } = this.keys(partition);
    return (await this.guard(this.loadScript([meta, state], [token, next, ...accounts]))) as (Buffer | null)[];
  }

  async probe(partition: number, token: string, next: number, confirmed: number): Promise<void> {
    const { meta, outbox } = this.keys(partition);
    await this.guard(this.probeScript([meta, outbox], [token, next, confirmed]));
  }

  async commit(partition: number, token: string, commit: Commit): Promise<void> {
    const { meta, state, outbox, due, forgotten } = this.keys(partition);
    const { from, to, clock, confirmed, states, control, tally } = commit;
    const args: Argument[] = [token, from, to, clock, confirmed, commit.outbox ?? '', states, control];
    args.push(commit.due.length);
    for (const [account, instant] of commit.due) args.push(account, instant ?? '');
    args.push(commit.forgotten.length);
    for (const [account, hash] of commit.forgotten) args.push(account, hash);
    const counts = Object.entries(tally);
    args.push(counts.length);
    for (const [name, by] of counts) args.push(name, by);
    await this.guard(this.commitScript([meta, state, outbox, due, forgotten], args));
  }

  async publishSchema(schema: string): Promise<void> {
    await this.guard(this.redis.sadd(this.schemasKey, schema));
  }

  schemas(): Promise<string[]> {
    return this.guard(this.redis.smembers(this.schemasKey));
  }

  private get schemasKey(): string {
    return `${this.prefix}{${this.topology}}:schemas`;
  }

  /** Only the owner writes it, and the owner is asking; so it may be read in parts. */
  private async dueOf(partition: number): Promise<[string, number][]> {
    const { due } = this.keys(partition);
    const found: [string, number][] = [];
    for (let from = 0; ; from += DUE_CHUNK) {
      const part = await this.guard(this.redis.zrange(due, String(from), String(from + DUE_CHUNK - 1), 'WITHSCORES'));
      for (let i = 0; i < part.length; i += 2) found.push([part[i]!, Number(part[i + 1])]);
      if (part.length < 2 * DUE_CHUNK) return found;
    }
  }

  private keys(partition: number) {
    return partitionKeys(this.prefix, this.topology, partition);
  }

  private async guard<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      const { message } = cause as Error;
      const code = message.startsWith('OWNERSHIP') ? 'ownership-lost' : 'store-unavailable';
      throw new InfrastructureError(code, message, { cause });
    }
  }
}
