import { Kafka, logLevel } from 'kafkajs';
import type { ProducerConfig, RequestEvent } from 'kafkajs';

/** A client of the tests' broker as kafkajs makes it. */
export const plainKafka = (clientId: string): Kafka =>
  new Kafka({ brokers: process.env['KAFKA_BROKERS']!.split(','), clientId, logLevel: logLevel.NOTHING });

/** How many requests of one name its producers have sent. */
export class CountedRequests {
  count = 0;

  constructor(
    private readonly kafka: Pick<Kafka, 'producer'>,
    private readonly name: string,
  ) {}

  producer(config?: ProducerConfig) {
    const producer = this.kafka.producer(config);
    producer.on(producer.events.REQUEST, ({ payload }: RequestEvent) => {
      if (payload.apiName === this.name) this.count++;
    });
    return producer;
  }
}
