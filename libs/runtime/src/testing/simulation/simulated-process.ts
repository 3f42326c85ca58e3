import type { Kafka } from 'kafkajs';
import type { PartitionServer } from '../../partition-server.js';
import type { HostParts } from '../../topology-server.js';
import type { Caller } from './network.js';
import type { Scheduler } from './scheduler.js';
import type { SimulatedConsumer } from './simulated-consumer.js';

/** One running instance of a service: the code that ships, on simulated parts. */
export class SimulatedProcess implements Caller {
  alive = true;
  paused = false;
  server!: PartitionServer;
  consumer!: SimulatedConsumer;

  constructor(
    readonly name: string,
    private readonly scheduler: Scheduler,
  ) {}

  parts(kafka: Pick<Kafka, 'consumer' | 'producer' | 'admin'>): HostParts {
    const log = (fields: Record<string, unknown>, message: string): void =>
      this.scheduler.note(`  ${this.name} says ${message} ${JSON.stringify(fields)}`);
    const silent = (): void => undefined;
    return {
      kafka,
      timers: {
        now: () => this.scheduler.now,
        after: (ms, work) => this.timer(ms, work),
        // More ticks for the money: what idles is simulated, too.
        every: (ms, work) => this.repeat(ms / 8, work),
      },
      logger: { debug: log, info: log, warn: log, error: log },
      metrics: { count: silent, gauge: silent, observe: silent },
      onFatal: (error) => log({}, `fatal: ${error.message}`),
    };
  }

  private timer(ms: number, work: () => void): () => void {
    const enabled = (): boolean => this.alive && !this.paused;
    return this.scheduler.plan(`${this.name} timer`, work, this.scheduler.now + ms, enabled);
  }

  private repeat(ms: number, work: () => void): () => void {
    let callOff: () => void = () => undefined;
    const again = (): void => {
      callOff = this.timer(ms, () => {
        again();
        work();
      });
    };
    again();
    return () => callOff();
  }
}
