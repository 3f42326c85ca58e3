import { until } from '@milepost/stack';
import type { Kafka, Producer } from 'kafkajs';
import type { Arrival } from '../scenario.js';

const PER_SEND = 1_000;
const EVERY_MS = 100;
const SEND_PATIENCE_MS = 180_000;

/**
 * Sends arrivals in order, also across an outage of the brokers: after an error with a new producer, once more. A part
 * may so be sent twice; the log itself says what was sent.
 */
export class Feed {
  private sent = 0;
  private producer: Producer | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly topic: string,
    readonly arrivals: readonly Arrival[],
  ) {}

  async upTo(share: number): Promise<void> {
    const end = Math.ceil(this.arrivals.length * share);
    while (this.sent < end) await this.send(Math.min(PER_SEND, end - this.sent));
  }

  /** Keeps sending for as long as the work takes, fast at first and slower and slower, but leaves a tenth for after it. */
  async beside<T>(lastsMs: number, work: () => Promise<T>): Promise<T> {
    let over = false;
    const result = work().finally(() => {
      over = true;
    });
    const trickle = async (): Promise<void> => {
      const limit = Math.floor(this.arrivals.length * 0.9);
      while (!over && this.sent < limit) {
        const left = limit - this.sent;
        await this.send(Math.min(PER_SEND, Math.ceil((left * EVERY_MS) / lastsMs)));
        await new Promise((done) => setTimeout(done, EVERY_MS));
      }
    };
    return (await Promise.all([result, trickle()]))[0];
  }

  async close(): Promise<void> {
    await this.producer?.disconnect().catch(() => undefined);
  }

  private async send(count: number): Promise<void> {
    const messages = this.arrivals.slice(this.sent, this.sent + count).map(({ message }) => message);
    await until('The producer', () => this.trySend(messages), SEND_PATIENCE_MS);
    this.sent += count;
  }

  private async trySend(messages: Arrival['message'][]): Promise<void> {
    try {
      if (!this.producer) {
        this.producer = this.kafka.producer({ idempotent: true, maxInFlightRequests: 1, retry: { retries: 2 } });
        await this.producer.connect();
      }
      await this.producer.send({ topic: this.topic, messages });
    } catch (error) {
      await this.close();
      this.producer = undefined;
      throw error;
    }
  }
}
