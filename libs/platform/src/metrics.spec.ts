import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { METRICS } from './metric-table.js';
import { PrometheusMetrics } from './metrics.js';

describe('The table', () => {
  it.each(Object.entries(METRICS))(
    '%s follows the naming rules of Prometheus',
    (name, { kind, help, labels, buckets }) => {
      expect(name).toMatch(/^[a-z][a-z_]*$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(name).not.toMatch(/_(ms|millis|minutes|kb|percent)(_|$)/);
      expect(labels.join()).not.toMatch(/account|user|id\b/);
      expect(help).toMatch(/\.$/);
      expect(buckets !== undefined).toBe(kind === 'histogram');
    },
  );

  it('has every metric that any source counts, as what it is counted: rare paths are found here, not at night', () => {
    const used = sources(join(import.meta.dirname, '../../..')).flatMap((text) =>
      [...text.matchAll(/metrics\??\s*\.(count|gauge|observe)\(\s*'(\w+)'/g)].map(([, how, name]) => ({ how, name })),
    );
    const kinds = { counter: 'count', gauge: 'gauge', histogram: 'observe' } as const;
    expect(used.length).toBeGreaterThan(5);
    for (const { how, name } of used) expect({ name, how }).toEqual({ name, how: kindOf(name!, kinds) });
  });
});

describe('PrometheusMetrics', () => {
  it('counts, gauges and observes under the prefix, with the service on every line', async () => {
    const metrics = new PrometheusMetrics('signals');
    metrics.count('records_total', { topology: 'signals' }, 5);
    metrics.count('records_total', { topology: 'signals' });
    metrics.gauge('consumer_lag_messages', { topology: 'signals', partition: '3' }, 17);
    metrics.observe('commit_seconds', { topology: 'signals', part: 'redis' }, 0.02);
    const text = await metrics.registry.metrics();
    expect(text).toContain('milepost_records_total{topology="signals",service="signals"} 6');
    expect(text).toContain('milepost_consumer_lag_messages{topology="signals",partition="3",service="signals"} 17');
    expect(text).toContain(
      'milepost_commit_seconds_bucket{le="0.025",service="signals",topology="signals",part="redis"} 1',
    );
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  it('refuses what is not declared, a label that is not, and one kind for another', () => {
    const metrics = new PrometheusMetrics('signals');
    expect(() => metrics.count('surprises_total', {})).toThrow('Metric surprises_total is not declared');
    expect(() => metrics.count('records_total', { account: 'a' })).toThrow('account');
    expect(() => metrics.gauge('records_total', { topology: 'a' }, 1)).toThrow('not declared as a gauge');
  });

  it("takes a service's own table at its start, and refuses a name that is taken", async () => {
    const own = { posts_total: { kind: 'counter', help: 'Posts.', labels: ['to'] } } as const;
    const metrics = new PrometheusMetrics('playbooks', own);
    metrics.count('posts_total', { to: 'crm' });
    expect(await metrics.registry.metrics()).toContain('milepost_posts_total{to="crm",service="playbooks"} 1');
    expect(() => metrics.declare(own)).toThrow('milepost_posts_total');
  });

  it('forgets the series of a partition that was let go', async () => {
    const metrics = new PrometheusMetrics('signals');
    const labels = { topology: 'signals', partition: '3' };
    metrics.gauge('consumer_lag_messages', labels, 17);
    metrics.gauge('consumer_lag_messages', labels, NaN);
    metrics.gauge('consumer_lag_messages', labels, NaN);
    expect(await metrics.registry.metrics()).not.toContain('milepost_consumer_lag_messages{');
  });
});

function kindOf(name: string, kinds: Record<'counter' | 'gauge' | 'histogram', string>): string {
  const declared = METRICS[name];
  return declared ? kinds[declared.kind] : 'not declared';
}

function sources(folder: string): string[] {
  return ['libs', 'apps']
    .flatMap((kind) => readdirSync(join(folder, kind)).map((name) => join(folder, kind, name, 'src')))
    .flatMap((src) => {
      const files = readdirSync(src, { recursive: true, encoding: 'utf8' });
      return files.filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts')).map((file) => join(src, file));
    })
    .map((file) => readFileSync(file, 'utf8'));
}
