import type { Metrics } from '@milepost/stream';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { METRICS } from './metric-table.js';
import type { MetricTable } from './metric-table.js';

type Labels = Record<string, string>;

/**
 * The `Metrics` port over prom-client, names prefixed with `milepost_`, beside the process's own (CPU, memory, event
 * loop). A service adds its own table; a name that is declared twice, or used undeclared or as another kind, throws.
 */
export class PrometheusMetrics implements Metrics {
  readonly registry = new Registry();
  private readonly metrics = new Map<string, Counter | Gauge | Histogram>();

  constructor(service: string, own: MetricTable = {}) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    this.declare(METRICS);
    this.declare(own);
  }

  /** Adds metrics of a service's own, at its start. */
  declare(table: MetricTable): void {
    for (const [name, { kind, help, labels, buckets }] of Object.entries(table)) {
      const options = { name: `milepost_${name}`, help, labelNames: [...labels], registers: [this.registry] };
      if (kind === 'counter') this.metrics.set(name, new Counter(options));
      else if (kind === 'gauge') this.metrics.set(name, new Gauge(options));
      else this.metrics.set(name, new Histogram({ ...options, ...(buckets ? { buckets: [...buckets] } : {}) }));
    }
  }

  count(name: string, labels: Labels, by = 1): void {
    this.find(name, Counter).inc(labels, by);
  }

  /** `NaN` takes the series away: the lag of a partition that is another's now would stand still and alarm for ever. */
  gauge(name: string, labels: Labels, value: number): void {
    const gauge = this.find(name, Gauge);
    if (Number.isNaN(value)) gauge.remove(labels);
    else gauge.set(labels, value);
  }

  observe(name: string, labels: Labels, value: number): void {
    this.find(name, Histogram).observe(labels, value);
  }

  private find<T extends Counter | Gauge | Histogram>(name: string, kind: new (...args: never[]) => T): T {
    const found = this.metrics.get(name);
    if (found instanceof kind) return found;
    throw new Error(
      `Metric ${name} is not declared${found ? ` as a ${kind.name.toLowerCase()}` : ''} in metric-table.ts.`,
    );
  }
}
