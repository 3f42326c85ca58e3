import { askQuestion, buildSnapshot, dataVersion, latestSnapshot, newestClock, QuestionTooCostly } from '@milepost/clickhouse'; // prettier-ignore
import type { ClickHouseClient, QuestionLimits, Snapshot } from '@milepost/clickhouse';
import type { Plan } from '@milepost/plan';
import { faultFields, ProblemException } from '@milepost/platform';
import type { Logger } from '@milepost/stream';
import { Behind } from './behind.js';
import { doubtCounts } from './doubt-counts.js';
import { doubtsOf, NOT_COUNTED } from './doubts.js';
import type { Doubt } from './doubts.js';
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
/** From one snapshot to the next the newest stream time is looked at so often. */
const LOOKS = 12;

/** Makes a snapshot when there is news, and gives questions the newest one. Several services may keep the same tables. */
export class SnapshotKeeper implements InsightsSource {
  private snapshot: Snapshot | null = null;
  /** Of the data behind `snapshot`; none before there is one. */
  doubts: readonly Doubt[] = [];
  private version = '';
  private timers: Partial<Record<'refresh' | 'look', NodeJS.Timeout>> = {};
  private closed = false;
  readonly behind: Behind;

  constructor(private readonly options: KeeperOptions) {
    this.behind = new Behind(options.intervalMs, Date.now);
  }

  open(): Insights {
    const { snapshot, options } = this;
    if (snapshot === null) {
      throw new ProblemException('not-ready', 'ClickHouse has given no snapshot of the accounts yet. Ask again soon.', {}, { 'Retry-After': '5' }); // prettier-ignore
    }
    return {
      plan: options.plan,
      snapshot,
      behind: this.behind.ofSnapshot(snapshot.asOf),
      doubts: this.doubts,
      ask: this.askOf(snapshot),
    };
  }

  private askOf({ id }: Snapshot): Insights['ask'] {
    const { client, limits } = this.options;
    return (query, parameters) => askQuestion(client, query, { ...parameters, snapshot: id }, limits);
  }

  /** Looks for news now and from time to time, until closed. ClickHouse away is told and waited out. */
  start(): void {
    void this.goOn();
    void this.goOnLooking();
  }

  private async goOn(): Promise<void> {
    const began = Date.now();
    try {
      await this.refresh();
    } catch (fault) {
      this.behind.failed();
      this.options.logger.warn(faultFields(fault), 'No new snapshot; the last one still answers');
    }
    if (this.closed) return;
    this.timers.refresh = setTimeout(() => void this.goOn(), this.pauseAfter(Date.now() - began));
  }

  /** Beside the snapshots, for one may take minutes. */
  private async goOnLooking(): Promise<void> {
    await this.look().catch(() => this.behind.failed());
    if (this.closed) return;
    this.timers.look = setTimeout(() => void this.goOnLooking(), this.options.intervalMs / LOOKS);
  }

  /** How far the warehouse is by now, so that answers can say when they are behind it. */
  async look(): Promise<void> {
    this.behind.saw(await newestClock(this.options.client));
  }

  private pauseAfter(milliseconds: number): number {
    return Math.max(this.options.intervalMs, milliseconds / BUILD_SHARE);
  }

  /** A new snapshot if anything came in since the last one. */
  async refresh(): Promise<Snapshot> {
    const { client, plan, intervalMs, logger } = this.options;
    const began = Date.now();
    const version = await dataVersion(client);
    if (this.snapshot !== null && version === this.version) {
      this.behind.refreshed(intervalMs);
      return this.snapshot;
    }
    const newest = await latestSnapshot(client, plan);
    // Another service may just have made one.
    const isFresh = newest !== null && began - newest.id / 1000 < intervalMs && newest.accounts > 0;
    const id = Math.max(began * 1000, (newest?.id ?? 0) + 1);
    const snapshot = isFresh ? newest : await buildSnapshot(client, plan, id);
    // Not anew for the same one: its answers' tags name it, so they may not change.
    if (snapshot.id !== this.snapshot?.id) this.doubts = await this.doubtsOf(snapshot);
    this.snapshot = snapshot;
    if (!isFresh) this.version = version;
    this.behind.refreshed(this.pauseAfter(Date.now() - began));
    const { accounts } = snapshot;
    logger.info({ accounts, milliseconds: Date.now() - began, built: !isFresh }, 'The snapshot of the accounts is new');
    return snapshot;
  }

  private async doubtsOf(snapshot: Snapshot): Promise<Doubt[]> {
    try {
      return doubtsOf(await doubtCounts(this.askOf(snapshot), snapshot.asOf));
    } catch (fault) {
      if (!(fault instanceof QuestionTooCostly)) throw fault;
      this.options.logger.warn(faultFields(fault), 'Gaps in the data are not counted');
      return [NOT_COUNTED];
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timers.refresh);
    clearTimeout(this.timers.look);
  }
}
