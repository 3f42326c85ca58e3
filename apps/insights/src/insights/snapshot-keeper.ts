import { askQuestion, buildSnapshot, dataVersion, latestSnapshot } from '@milepost/clickhouse';
import type { ClickHouseClient, QuestionLimits, Snapshot } from '@milepost/clickhouse';
import type { Plan } from '@milepost/plan';
import { faultFields, ProblemException } from '@milepost/platform';
import type { Logger } from '@milepost/stream';
import type { Insights, InsightsSource } from './insights.js';

export interface KeeperOptions {
  client: ClickHouseClient;
  plan: Plan;
  limits: QuestionLimits;
  intervalMs: number;
  logger: Logger;
}

/** A build may take up this share of the time at most. */
const BUILD_SHARE = 0.2;

/** Makes a snapshot when there is news, and gives questions the newest one. Several services may keep the same tables. */
export class SnapshotKeeper implements InsightsSource {
  private snapshot: Snapshot | null = null;
  private version = '';
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(private readonly options: KeeperOptions) {}

  open(): Insights {
    const { snapshot, options } = this;
    if (snapshot === null) {
      throw new ProblemException('not-ready', 'ClickHouse has given no snapshot of the accounts yet. Ask again soon.', {}, { 'Retry-After': '5' }); // prettier-ignore
    }
    return {
      plan: options.plan,
      snapshot,
      ask: (query, parameters) =>
        askQuestion(options.client, query, { ...parameters, snapshot: snapshot.id }, options.limits),
    };
  }

  /** Looks for news now and from time to time, until closed. ClickHouse away is told and waited out. */
  start(): void {
    void this.goOn();
  }

  private async goOn(): Promise<void> {
    const began = Date.now();
    try {
      await this.refresh();
    } catch (fault) {
      this.options.logger.warn(faultFields(fault), 'No new snapshot; the last one still answers');
    }
    if (this.closed) return;
    const pause = Math.max(this.options.intervalMs, (Date.now() - began) / BUILD_SHARE);
    this.timer = setTimeout(() => void this.goOn(), pause);
  }

  /** A new snapshot if anything came in since the last one. */
  async refresh(): Promise<Snapshot> {
    const { client, plan, intervalMs, logger } = this.options;
    const began = Date.now();
    const version = await dataVersion(client);
    if (this.snapshot !== null && version === this.version) return this.snapshot;
    const newest = await latestSnapshot(client, plan);
    // Another service may just have made one.
    const isFresh = newest !== null && began - newest.id / 1000 < intervalMs && newest.accounts > 0;
    const id = Math.max(began * 1000, (newest?.id ?? 0) + 1);
    this.snapshot = isFresh ? newest : await buildSnapshot(client, plan, id);
    if (!isFresh) this.version = version;
    const { accounts } = this.snapshot;
    logger.info({ accounts, milliseconds: Date.now() - began, built: !isFresh }, 'The snapshot of the accounts is new');
    return this.snapshot;
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }
}
