import type { Chance } from '@milepost/simulator';
import type { ControlLog } from '@milepost/stream';
import { rangeServer } from '../../range-server.js';
import { topologyPartitions } from '../../topology-server.js';
import { MemoryStateStore, StoredState } from './memory-state-store.js';
import { MemoryWarehouse, memoryRangeWriter } from './memory-warehouse.js';
import { CALM, Network } from './network.js';
import type { Scheduler } from './scheduler.js';
import { SimulatedConsumer } from './simulated-consumer.js';
import { SimulatedGroup } from './simulated-group.js';
import { simulatedKafka } from './simulated-kafka.js';
import { SimulatedLog } from './simulated-log.js';
import { SimulatedProcess } from './simulated-process.js';
import { builds } from './topologies.js';
import { ACCOUNTS, appendTraffic } from './traffic.js';

/** `clocked` carries stream time, `timed` follows it, `ranges` writes to a warehouse. */
export type Kind = 'clocked' | 'timed' | 'ranges';

export const TOPIC = 'orders';
export const PARTITIONS = 2;
const SETTINGS = {
  topicPrefix: '',
  groupPrefix: 'sim',
  sessionTimeoutMs: 1_000,
  clockIntervalMs: 60,
  idleAfterMs: 40,
  maxCachedAccounts: 16,
};

/** A service with its stores, its processes, and everything that may happen to them. */
export class World {
  readonly network: Network;
  readonly log: SimulatedLog;
  readonly stored = new StoredState();
  /** What operators wrote. */
  readonly control: Buffer[] = [];
  readonly warehouse = new MemoryWarehouse(1_000);
  readonly processes: SimulatedProcess[] = [];
  readonly group: SimulatedGroup;
  private started = 0;
  private toProduce: number;
  private producesAt = 0;

  constructor(
    readonly kind: Kind,
    readonly scheduler: Scheduler,
  ) {
    this.network = new Network(scheduler);
    this.log = new SimulatedLog(scheduler, PARTITIONS);
    this.group = new SimulatedGroup(kind === 'ranges' ? 'sim-warehouse' : 'sim-till', scheduler, PARTITIONS);
    this.toProduce = scheduler.chance.integer(6, 16);
    this.start();
    this.start();
  }

  get chance(): Chance {
    return this.scheduler.chance;
  }

  get living(): SimulatedProcess[] {
    return this.processes.filter(({ alive }) => alive);
  }

  get allProduced(): boolean {
    return this.toProduce === 0;
  }

  start(build = 0): void {
    const process = new SimulatedProcess(`p${++this.started}`, this.scheduler);
    const { network, log, scheduler } = this;
    process.consumer = new SimulatedConsumer(process, scheduler, log, this.group, TOPIC);
    const kafka = simulatedKafka(
      process,
      network,
      log,
      () => process.consumer,
      () => scheduler.now,
    );
    const parts = process.parts(kafka);
    const carry = <T>(label: string, carryOut: () => T): Promise<T> => network.request(process, label, carryOut);
    if (this.kind === 'ranges') {
      process.server = rangeServer([TOPIC], () => memoryRangeWriter(this.warehouse, carry), SETTINGS, parts).server;
    } else {
      const topology = builds(this.kind === 'clocked' ? 'book' : undefined)[build]!;
      const store = new MemoryStateStore(this.stored, carry);
      const nothing = (): Promise<void> => Promise.resolve();
      const hosted = { store, control: this.controlLog(carry), connect: nothing, disconnect: nothing };
      process.server = topologyPartitions(topology, SETTINGS, parts, hosted);
    }
    this.processes.push(process);
    process.server.listen((error) => error && scheduler.note(`  ${process.name} did not start: ${String(error)}`));
  }

  private controlLog(carry: <T>(label: string, carryOut: () => T) => Promise<T>): ControlLog {
    return {
      end: () => carry('asks for the end of control', () => this.control.length),
      read: (sequence) => carry(`reads control ${sequence}`, () => this.control[sequence] ?? null),
    };
  }

  async step(): Promise<boolean> {
    const offers = this.living.flatMap(({ consumer }) => [...consumer.offers()]);
    if (this.toProduce > 0) {
      offers.push({ label: 'a producer writes', at: this.producesAt, enabled: () => true, run: () => this.produce() });
    }
    return this.scheduler.step(offers);
  }

  /** From here on nothing bad happens any more. */
  calm(): void {
    this.network.weather = CALM;
    for (const process of this.living) process.paused = false;
    if (this.living.length === 0) this.start();
    this.group.rebalance();
  }

  private produce(): void {
    this.toProduce--;
    this.producesAt = this.scheduler.now + this.chance.integer(0, 150);
    if (this.kind !== 'ranges' && this.chance.happens(0.15))
      this.control.push(Buffer.from(`${this.chance.pick(ACCOUNTS)}#${this.chance.next()}`));
    const partition = this.chance.integer(0, PARTITIONS - 1);
    appendTraffic(this.log.partition(TOPIC, partition), this.chance, this.scheduler.now, this.kind === 'timed');
  }
}
