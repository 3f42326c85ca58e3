/** A clause of the protocol, and the code with the clause left out. `file` is relative to the runtime's build. */
export interface Mutant {
  clause: string;
  file: string;
  find: string;
  put: string;
}

const OWNER = 'topology-owner.js';
const RANGES = 'range-owner.js';
const SLOT = 'partition-slot.js';
const PUBLISHER = 'kafka/shared-publisher.js';
const STORE = 'testing/simulation/memory-state-store.js';

/** Each of these must make the simulation fail; the store's clauses are its contract, which Redis keeps by the same suite. */
export const MUTANTS: readonly Mutant[] = [
  {
    clause: 'fence by beginning and aborting a transaction',
    file: 'kafka/transactional-producer.js',
    find: `            const transaction = await this.producer.transaction();
            await transaction.abort();
`,
    put: '',
  },
  {
    clause: 'who takes a partition ends others who take it',
    file: PUBLISHER,
    find: 'await this.own.begin();',
    put: '',
  },
  {
    clause: 'who published for it is ended',
    file: PUBLISHER,
    find: 'if (before?.publisher)',
    put: 'if (false)',
  },
  {
    clause: 'C is read again when who published is ended',
    file: PUBLISHER,
    find: `const committed = await this.committed();
        if (committed)`,
    put: `const committed = before;
        if (committed)`,
  },
  {
    clause: 'who publishes stands with C before it does',
    file: PUBLISHER,
    find: 'await this.register([], committed);',
    put: 'this.shared = await this.publishers.producer();',
  },
  {
    clause: 'the first commit names who publishes',
    file: PUBLISHER,
    find: 'await (next ? this.register(records, next) : this.own.publish(records, []));\n            return;',
    put: 'this.shared = await this.publishers.producer();\n            return this.publish(records, next);',
  },
  {
    clause: 'what one producer committed is seen before another moves C',
    file: PUBLISHER,
    find: 'if (!(await this.seen(shared.id, this.last)))',
    put: 'if (false)',
  },
  {
    clause: 'a shared producer ends with its first error',
    file: 'kafka/shared-producer.js',
    find: 'this.failure = error;',
    put: 'this.working = false;',
  },
  {
    clause: 'the token',
    file: STORE,
    find: 'if (this.stored.current(partition).token !== token)',
    put: 'if (false)',
  },
  {
    clause: 'the check of the offset',
    file: STORE,
    find: 'if (this.stored.current(partition).next !== next)',
    put: 'if (false)',
  },
  {
    clause: 'outputs are kept until their commit is confirmed',
    file: STORE,
    find: 'copy.outbox.push({ to, bytes: outbox })',
    put: 'void 0',
  },
  {
    clause: 'what is not confirmed is published by the next owner',
    file: OWNER,
    find: 'if (this.next > this.confirmed)',
    put: 'if (false)',
  },
  {
    clause: 'silence below C',
    file: OWNER,
    find: 'const silent = this.next < this.silentBelow',
    put: 'const silent = false',
  },
  {
    clause: 'silence that ends at C',
    file: OWNER,
    find: 'silent ? Math.min(to, this.silentBelow) : to',
    put: 'to',
  },
  {
    clause: 'silence also over what holds no record',
    file: OWNER,
    find: 'this.next < this.silentBelow && this.readTo >= this.silentBelow',
    put: 'false',
  },
  {
    clause: 'C is read after the fencing',
    file: OWNER,
    find: `        await publisher.fence();
        const stored = await store.takeOver(partition, this.token);
        // After the fencing, never before: only now can nobody else move it.
        const committed = await log.committed(topic, partition);`,
    put: `        const committed = await log.committed(topic, partition);
        await publisher.fence();
        const stored = await store.takeOver(partition, this.token);`,
  },
  {
    clause: 'one rule for every error',
    file: SLOT,
    find: 'await this.fail(error);',
    put: '',
  },
  {
    clause: 'the cache is dropped with the owner',
    file: SLOT,
    find: 'const owner = newOwner();',
    put: 'const owner = (this.kept ??= newOwner());',
  },
  {
    clause: 'what waits is dropped with the owner',
    file: SLOT,
    find: 'this.taken = false;\n        this.endWaiting();',
    put: 'this.taken = false;',
  },
  {
    clause: 'nothing is taken in from beyond a gap',
    file: SLOT,
    find: 'if (from > this.readTo) {',
    put: 'if (false) {',
  },
  {
    clause: 'nothing is taken in twice',
    file: SLOT,
    find: 'if (record.offset >= this.readTo)',
    put: 'if (true)',
  },
  {
    clause: 'what holds no record is known in its turn',
    file: SLOT,
    find: 'this.waitUpTo(to);\n    }',
    put: '(this.readTo = Math.max(this.readTo, to)), this.owner.skipTo(this.readTo);\n    }',
  },
  {
    clause: 'idle partitions are probed',
    file: OWNER,
    find: 'await store.probe(partition, this.token, this.next, this.confirmed);',
    put: '',
  },
  {
    clause: 'no clock beside a backlog',
    file: OWNER,
    find: '|| this.readTo < high',
    put: '',
  },
  {
    clause: 'the clock after the confirmation',
    file: SLOT,
    find: 'this.serialize(() => this.guard((owner) => owner.tick(wall)))',
    put: 'this.guard((owner) => owner.tick(wall))',
  },
  {
    clause: 'the wall clock is read before the end of the log',
    file: OWNER,
    find: 'const clock = wall - this.options.idleAfter;',
    put: 'const clock = this.options.now() - this.options.idleAfter;',
  },
  {
    clause: 'a new generation goes on where we stand',
    file: 'partition-server.js',
    find: 'known.rejoin();',
    put: 'void 0;',
  },
  {
    clause: 'a reader that is down cannot be steered',
    file: 'partition-server.js',
    find: 'if (!(error instanceof kafkajs.KafkaJSNonRetriableError))',
    put: 'if (true)',
  },
  {
    clause: 'markers are checked',
    file: OWNER,
    find: 'await checkMarkers(decoded, control);',
    put: 'void 0;',
  },
  {
    clause: 'the hash of who was forgotten is stored',
    file: STORE,
    find: 'copy.forgotten.add(hash);',
    put: 'void 0;',
  },
  {
    clause: 'who was forgotten is known to the next owner',
    file: OWNER,
    find: 'this.fold.forgotten.add(hash);',
    put: 'void 0;',
  },
  {
    clause: 'the frozen range',
    file: RANGES,
    find: 'await this.commit(from, range);',
    put: 'void 0;',
  },
  {
    clause: 'a pending range is repeated',
    file: RANGES,
    find: "this.pending = committed && committed.metadata !== '' ? JSON.parse(committed.metadata) : null;",
    put: 'this.pending = null;',
  },
  {
    clause: 'the whole token in the metadata',
    file: RANGES,
    find: `            await this.commit(from, range);`,
    put: `            await this.commit(from, { ...range, to: range.from + 1 });`,
  },
];
