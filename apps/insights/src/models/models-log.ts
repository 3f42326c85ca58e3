import { TOPICS } from '@milepost/contracts';
import type { ActivateModel } from '@milepost/contracts';
import { ProblemException } from '@milepost/platform';
import { readActivations, readModels, TopicTooLarge } from '@milepost/runtime';
import type { PublishedModel, ReadLimits, RefusedModel } from '@milepost/runtime';
import { InfrastructureError } from '@milepost/stream';

export interface ModelsLogParts {
  /** A client of `@milepost/runtime`; null: the service was not told where Kafka is. */
  kafka: Parameters<typeof readModels>[0] | null;
  topicPrefix: string;
  limits: ReadLimits;
  /** Milliseconds. */
  now: () => number;
}

export interface ModelsTold {
  /** In the order in which they were published. */
  models: PublishedModel[];
  refused: RefusedModel[];
  activations: ActivateModel[];
  /** Milliseconds since the epoch. */
  readAt: number;
}

/** Both topics are read whole, in a group of the reading's own: no more often than this, whoever asks. */
const FRESH_MS = 5_000;

/** What was published and activated, as Kafka has it. One reading at a time, shared by all who ask meanwhile. */
export class ModelsLog {
  private last: ModelsTold | null = null;
  private reading: Promise<ModelsTold> | null = null;

  constructor(private readonly parts: ModelsLogParts) {}

  /** @throws ProblemException; InfrastructureError `log-unavailable` */
  async read(): Promise<ModelsTold> {
    const { kafka, now } = this.parts;
    if (kafka === null) throw new ProblemException('models-not-configured', 'Models are records in Kafka, and KAFKA_BROKERS is not set: set it (and TOPIC_PREFIX, where topics have one) and start insights again.'); // prettier-ignore
    if (this.last !== null && now() - this.last.readAt < FRESH_MS) return this.last;
    this.reading ??= this.readWith(kafka).finally(() => (this.reading = null));
    return this.reading;
  }

  private async readWith(kafka: NonNullable<ModelsLogParts['kafka']>): Promise<ModelsTold> {
    const { topicPrefix, limits, now } = this.parts;
    const readAt = now();
    try {
      const [published, activations] = await Promise.all([
        readModels(kafka, topicPrefix + TOPICS.models, limits),
        readActivations(kafka, topicPrefix + TOPICS.control, limits),
      ]);
      this.last = { ...published, activations, readAt };
      return this.last;
    } catch (fault) {
      if (fault instanceof InfrastructureError) throw fault;
      if (fault instanceof TopicTooLarge) throw new ProblemException('query-too-costly', `${fault.message} \`npx milepost models list\` has no such limit.`); // prettier-ignore
      const { message } = fault as Error;
      throw new InfrastructureError('log-unavailable', message, { cause: fault });
    }
  }
}
