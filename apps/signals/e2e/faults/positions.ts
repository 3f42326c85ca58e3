import { PARTITIONS, TOPICS } from '@milepost/contracts';
import { partitionKeys, unmarked } from '@milepost/runtime';
import type { Redis } from 'ioredis';
import type { Admin } from 'kafkajs';
import type { Service } from '../instance.js';

const READS: Record<Service, string[]> = {
  milestones: [TOPICS.events],
  signals: [TOPICS.journey],
  warehouse: [TOPICS.journey, TOPICS.rejected, TOPICS.atRisk, TOPICS.expansionReady],
};

export interface Committed {
  /** Sum of the offsets over the service's partitions. */
  sum: number;
  /** Ranges that are frozen and not known to be written. */
  pending: number;
}

/** How far each service has come, by what Kafka and Redis hold. */
export class Positions {
  constructor(
    private readonly admin: Admin,
    private readonly redis: Redis,
    /** Before topic names and group names. */
    private readonly prefix: string,
  ) {}

  topic(name: string): string {
    return `${this.prefix}.${name}`;
  }

  group(service: Service): string {
    return `${this.prefix}-${service}`;
  }

  /** High watermarks of what a service reads, by `topic/partition`. */
  async ends(service: Service): Promise<Map<string, number>> {
    const ends = new Map<string, number>();
    for (const topic of READS[service].map((name) => this.topic(name)))
      for (const { partition, high } of await this.admin.fetchTopicOffsets(topic))
        ends.set(`${topic}/${partition}`, Number(high));
    return ends;
  }

  /** C, Kafka's word on what is done. */
  async committed(service: Service): Promise<Map<string, { offset: number; metadata: string }>> {
    const topics = READS[service].map((name) => this.topic(name));
    const found = new Map<string, { offset: number; metadata: string }>();
    for (const { topic, partitions } of await this.admin.fetchOffsets({ groupId: this.group(service), topics }))
      for (const { partition, offset, metadata } of partitions)
        found.set(`${topic}/${partition}`, unmarked(Number(offset), metadata ?? ''));
    return found;
  }

  async done(service: Service): Promise<Committed> {
    const all = [...(await this.committed(service)).values()];
    return {
      sum: all.reduce((sum, { offset }) => sum + Math.max(0, offset), 0),
      pending: all.filter(({ metadata }) => metadata !== '').length,
    };
  }

  /**
   * Throws while the service has not done all up to these ends. A marker at the end is never committed past; but what is
   * pending begins at the offset, and everything before it is done.
   */
  async requireUpTo(service: Service, ends: Map<string, number>): Promise<void> {
    const committed = await this.committed(service);
    const behind = [...ends].filter(([place, end]) => {
      const { offset, metadata } = committed.get(place)!;
      return end > 0 && end - offset > (metadata === '' ? 1 : 0);
    });
    if (behind.length > 0) {
      const [place, end] = behind[0]!;
      throw new Error(`${service} is behind on ${behind.length}, ${place}: ${committed.get(place)!.offset} of ${end}`);
    }
  }

  /** Sum of R over the partitions: what the state in Redis stands for. */
  async stored(service: Service): Promise<number> {
    const next = await Promise.all(this.metas(service).map((key) => this.redis.hget(key, 'next')));
    return next.reduce((sum, one) => sum + Number(one ?? 0), 0);
  }

  /**
   * Throws while the signals service has not judged everything up to an instant, with nothing due before `free`: an
   * account whose history came after its partition had reached today is held, and due when the hold ends.
   */
  async requireJudged(instant: number, free: number): Promise<void> {
    for (let partition = 0; partition < PARTITIONS; partition++) {
      const { meta, due } = this.keys('signals', partition);
      const clock = await this.redis.hget(meta, 'clock');
      const nothing =
        clock === null && (await this.redis.hget(this.keys('milestones', partition).meta, 'next')) === '0';
      if (nothing) continue;
      if (Number(clock) < instant) throw new Error(`partition ${partition} stands at ${Number(clock)}`);
      const held = await this.redis.zcount(due, '-inf', free);
      if (held > 0) throw new Error(`${held} accounts of partition ${partition} are still to be judged`);
    }
  }

  metas(service: Service): string[] {
    return Array.from({ length: PARTITIONS }, (_, partition) => this.keys(service, partition).meta);
  }

  keys(service: Service, partition: number): ReturnType<typeof partitionKeys> {
    return partitionKeys(`${this.prefix}:`, service, partition);
  }
}
