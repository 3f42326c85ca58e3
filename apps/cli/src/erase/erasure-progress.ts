import { erasureLeft, erasureSteps } from '@milepost/clickhouse';
import type { ClickHouseClient } from '@milepost/clickhouse';
import { partitionOf, PARTITIONS, TOPICS } from '@milepost/contracts';
import { signalTopic } from '@milepost/onboarding';
import { partitionKeys } from '@milepost/runtime';
import type { Redis } from 'ioredis';
import type { Connections } from '../connections.js';

/** What is still to be done before an account is gone everywhere. */
export class ErasureProgress {
  private readonly home: number;
  private readonly expected: string[];

  constructor(
    private readonly connections: Connections,
    private readonly redis: Redis,
    private readonly clickhouse: ClickHouseClient,
    private readonly account: string,
    private readonly sequence: number,
  ) {
    this.home = partitionOf(Buffer.from(account), PARTITIONS);
    const signals = connections.plan.signals.map(({ name }) => signalTopic(name));
    this.expected = [
      ...[TOPICS.journey, ...signals].map((topic) => `${topic}/${this.home}`),
      ...Array.from({ length: PARTITIONS }, (_, partition) => `${TOPICS.rejected}/${partition}`),
    ];
  }

  get steps(): number {
    return this.expected.length + 2;
  }

  /** In plain words; empty when it is done. */
  async left(): Promise<string[]> {
    const done = new Set(
      (await erasureSteps(this.clickhouse, this.sequence)).map(({ topic, partition }) => `${topic}/${partition}`),
    );
    const topics = this.expected.filter((step) => !done.has(step)).map((step) => `rows of ${step}`);
    const states = await Promise.all(['milestones', 'signals'].map((service) => this.stateLeft(service)));
    if (topics.length > 0) return [...topics, ...states.flat()];
    return [...states.flat(), ...(await this.rowsLeft())];
  }

  private async stateLeft(service: string): Promise<string[]> {
    const prefix = `${this.connections.addresses.groupPrefix}:`;
    const { state, due } = partitionKeys(prefix, service, this.home);
    const found = (await this.redis.hexists(state, this.account)) + Number((await this.redis.zscore(due, this.account)) !== null); // prettier-ignore
    return found > 0 ? [`state of ${service} in Redis`] : [];
  }

  private async rowsLeft(): Promise<string[]> {
    const left = await erasureLeft(this.clickhouse, this.account);
    return left.map(({ name, rows }) => `${rows} rows in ${name}`);
  }
}
