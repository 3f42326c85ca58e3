import type { Metrics } from '@milepost/stream';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Every metric of the services: what is not declared here can't be counted. */
const COUNTERS = {
  batches_total: { help: 'Batches taken in.', labels: ['topology'] },
  records_total: { help: 'Records taken in.', labels: ['topology'] },
  outcomes_total: {
    help: 'What became of them: records, inputs, duplicate, misplaced, sink:<name>.',
    labels: ['topology', 'outcome'],
  },
  rejected_total: { help: 'Violations of rejected records.', labels: ['topology', 'violation'] },
  reasons_opened_total: { help: 'Reasons that were announced as open.', labels: ['signal', 'reason'] },
  reasons_ended_total: { help: 'Reasons that were announced as ended.', labels: ['signal', 'reason', 'cause'] },
} as const;
const GAUGES = {
  consumer_lag_messages: {
    help: 'Offsets between the log end and what was taken in.',
    labels: ['topology', 'partition'],
  },
  consumer_lag_seconds: {
    help: 'Age of the newest record taken in while behind; 0 when not.',
    labels: ['topology', 'partition'],
  },
  stream_time_seconds: { help: 'Stream time of the partition, Unix seconds.', labels: ['topology', 'partition'] },
  open_triggers: { help: 'Open reasons of the accounts in memory.', labels: ['signal', 'reason'] },
} as const;
const HISTOGRAMS = {
  commit_seconds: { help: 'Time of the steps of a commit.', labels: ['topology', 'part'] },
} as const;

/** The `Metrics` port over prom-client, names prefixed with `milepost_`. */
export class PrometheusMetrics implements Metrics {
  readonly registry = new Registry();
  private readonly counters = new Map<string, Counter>();
  private readonly gauges = new Map<string, Gauge>();
  private readonly histograms = new Map<string, Histogram>();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    const registers = [this.registry];
    const options = (name: string, { help, labels }: { help: string; labels: readonly string[] }) => ({
      name: `milepost_${name}`,
      help,
      labelNames: [...labels],
      registers,
    });
    for (const [name, one] of Object.entries(COUNTERS)) this.counters.set(name, new Counter(options(name, one)));
    for (const [name, one] of Object.entries(GAUGES)) this.gauges.set(name, new Gauge(options(name, one)));
    for (const [name, one] of Object.entries(HISTOGRAMS)) {
      this.histograms.set(name, new Histogram({ ...options(name, one), buckets: SECONDS }));
    }
  }

  count(name: string, labels: Record<string, string>, by = 1): void {
    declared(this.counters, name).inc(labels, by);
  }

  gauge(name: string, labels: Record<string, string>, value: number): void {
    declared(this.gauges, name).set(labels, value);
  }

  observe(name: string, labels: Record<string, string>, seconds: number): void {
    declared(this.histograms, name).observe(labels, seconds);
  }
}

function declared<T>(metrics: Map<string, T>, name: string): T {
  const found = metrics.get(name);
  if (!found) throw new Error(`Metric ${name} is not declared in metrics.ts.`);
  return found;
}
