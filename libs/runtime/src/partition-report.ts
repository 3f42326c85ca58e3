import type { Micros } from '@milepost/contracts';
import { Tally } from '@milepost/stream';
import type { Metrics } from '@milepost/stream';

const OPEN = 'open:';
const VIOLATION = 'violation:';
const GAUGES = ['consumer_lag_messages', 'consumer_lag_seconds', 'cached_accounts', 'stream_time_seconds'];

type Counts = Readonly<Record<string, number>>;

/** What the owner of a partition tells the metrics. */
export class PartitionReport {
  /** Open reasons by `open:<signal>/<reason>`, as the stored tally has them. */
  private readonly open = new Tally();
  private readonly labels: { topology: string };
  private readonly ownLabels: { topology: string; partition: string };

  constructor(
    private readonly metrics: Metrics,
    topology: string,
    partition: number,
  ) {
    this.labels = { topology };
    this.ownLabels = { topology, partition: String(partition) };
  }

  taken(stored: Counts): void {
    this.addOpen(stored);
    this.metrics.count('takeovers_total', this.labels);
  }

  committed(part: 'redis' | 'kafka', micros: Micros): void {
    this.metrics.observe('commit_seconds', { ...this.labels, part }, micros / 1e6);
  }

  folded(records: number, counts: Counts, clock: Micros): void {
    const { metrics, labels } = this;
    metrics.count('batches_total', labels);
    metrics.count('records_total', labels, records);
    metrics.observe('batch_records', labels, records);
    for (const [name, by] of Object.entries(counts)) {
      if (name.startsWith(OPEN)) continue;
      if (!name.startsWith(VIOLATION)) metrics.count('outcomes_total', { ...labels, outcome: name }, by);
      else metrics.count('rejected_total', { ...labels, violation: name.slice(VIOLATION.length) }, by);
    }
    this.addOpen(counts);
    this.gaugeOpen();
    if (clock > 0) metrics.gauge('stream_time_seconds', this.ownLabels, clock / 1e6);
  }

  standing(lag: number, behind: Micros, cached: number): void {
    this.metrics.gauge('consumer_lag_messages', this.ownLabels, lag);
    this.metrics.gauge('consumer_lag_seconds', this.ownLabels, behind / 1e6);
    this.metrics.gauge('cached_accounts', this.ownLabels, cached);
  }

  /** A gauge of a partition that is somebody else's now would stand still and mislead. */
  close(): void {
    for (const name of GAUGES) this.metrics.gauge(name, this.ownLabels, NaN);
    this.gaugeOpen(() => NaN);
  }

  private addOpen(counts: Counts): void {
    for (const [name, by] of Object.entries(counts)) if (name.startsWith(OPEN)) this.open.add(name, by);
  }

  private gaugeOpen(shown = (count: number): number => count): void {
    const { partition } = this.ownLabels;
    for (const [name, count] of Object.entries(this.open.counts)) {
      const [signal, reason] = name.slice(OPEN.length).split('/') as [string, string];
      this.metrics.gauge('open_triggers', { signal, reason, partition }, shown(count));
    }
  }
}
