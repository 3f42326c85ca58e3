import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Body, ConflictException, Controller, Get, Module, Post } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Phase } from './health.controller.js';
import { createLogger } from './logging.js';
import { PrometheusMetrics } from './metrics.js';
import { createServiceApp } from './service-app.js';

@Controller()
class Faulty {
  @Get('broken')
  broken(): never {
    throw new Error('SELECT secret FROM inside');
  }
  @Get('taken')
  taken(): never {
    throw new ConflictException({ type: 'urn:milepost:taken', title: 'Taken', errors: [{ pointer: '/name' }] });
  }
  @Post('echo')
  echo(@Body() body: unknown): unknown {
    return body;
  }
}
@Module({ controllers: [Faulty] })
class FaultyModule {}

let app: NestExpressApplication;
let base: string;
let phase: Phase;
let since: number;
let redis: () => Promise<string>;
let logged: string[];

beforeEach(async () => {
  [phase, since, redis, logged] = ['started', 0, () => Promise.resolve('PONG'), []];
  const source = {
    phase: () => phase,
    sinceProgress: () => since,
    checks: { redis: () => redis() },
    checkTimeoutMs: 20,
    metrics: new PrometheusMetrics('test'),
  };
  const logger = createLogger('test', 'info', { write: (line) => void logged.push(line) });
  app = await createServiceApp(source, logger, [FaultyModule]);
  await app.listen(0, '127.0.0.1');
  base = await app.getUrl();
});
afterEach(() => app.close());

async function get(path: string, init?: RequestInit): Promise<{ status: number; type: string | null; body: unknown }> {
  const response = await fetch(base + path, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  expect(response.headers.get('x-powered-by')).toBeNull();
  return { status: response.status, type, body: type?.includes('json') ? JSON.parse(text) : text };
}

describe('/health/live', () => {
  it('is about progress, and never about a dependency', async () => {
    redis = () => Promise.reject(new Error('down'));
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'live' } });
    since = 61_000;
    expect(await get('/health/live')).toMatchObject({
      status: 503,
      body: { status: 'stuck', secondsSinceProgress: 61 },
    });
  });

  it('does not call a host stuck that waits for Kafka to come up, or for its last batch', async () => {
    since = 61_000;
    for (phase of ['starting', 'stopping'] as const) expect(await get('/health/live')).toMatchObject({ status: 200 });
  });
});

describe('/health/ready', () => {
  it('is 200 when every check is up', async () => {
    const body = { status: 'ready', checks: { redis: { status: 'up', detail: 'PONG' } } };
    expect(await get('/health/ready')).toMatchObject({ status: 200, body });
  });

  it('is 503 when one is down or late, and says why', async () => {
    redis = () => Promise.reject(new Error('refused'));
    const body = { status: 'not ready', checks: { redis: { status: 'down', detail: 'refused' } } };
    expect(await get('/health/ready')).toMatchObject({ status: 503, body });
    redis = () => new Promise(() => undefined);
    expect(await get('/health/ready')).toMatchObject({ status: 503 });
  });

  it('is 503 before the host has come up and from the moment it stops', async () => {
    for (phase of ['starting', 'stopping'] as const) expect(await get('/health/ready')).toMatchObject({ status: 503 });
  });
});

describe('/health/startup and /metrics', () => {
  it('startup turns to 200 with the host', async () => {
    phase = 'starting';
    expect(await get('/health/startup')).toMatchObject({ status: 503, body: { status: 'starting' } });
    phase = 'started';
    expect(await get('/health/startup')).toMatchObject({ status: 200, body: { status: 'started' } });
  });

  it('metrics come as the text that Prometheus reads', async () => {
    const { status, type, body } = await get('/metrics');
    expect([status, type]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(body).toContain('# TYPE milepost_records_total counter');
  });
});

describe('Errors are problem documents', () => {
  const type = 'application/problem+json; charset=utf-8';

  it('of an unknown path, with those that there are', async () => {
    const all = 'Answered are /health/live, /health/ready, /health/startup, /metrics, /broken, /taken, /echo.';
    const body = { type: 'about:blank', title: 'Not Found', status: 404, detail: `Cannot GET /nowhere. ${all}` };
    expect(await get('/nowhere?a=1')).toEqual({ status: 404, type, body });
    const { detail } = (await get('/metric')).body as { detail: string };
    expect(detail).toBe(`Cannot GET /metric. Did you mean /metrics? ${all}`);
    expect((await get(`/${'x'.repeat(5_000)}`)).body).toMatchObject({ detail: expect.stringMatching(/^.{10,500}$/) });
  });

  it('of a known path by another method, with those that it has', async () => {
    const body = { type: 'about:blank', title: 'Method Not Allowed', status: 405, detail: 'POST is not answered here; ask by GET or HEAD.' }; // prettier-ignore
    expect(await get('/broken', { method: 'POST' })).toEqual({ status: 405, type, body });
    const { headers } = await fetch(`${base}/echo`, { method: 'DELETE' });
    expect(headers.get('allow')).toBe('POST');
  });

  it('of a fault: nothing of it goes out, all of it into the log', async () => {
    const body = { type: 'about:blank', title: 'Internal Server Error', status: 500 };
    expect(await get('/broken')).toEqual({ status: 500, type, body });
    expect(JSON.parse(logged[0]!)).toMatchObject({
      level: 'error',
      path: '/broken',
      error: 'SELECT secret FROM inside',
    });
  });

  it('of an exception that brings its own', async () => {
    const body = { type: 'urn:milepost:taken', title: 'Taken', status: 409, errors: [{ pointer: '/name' }] };
    expect(await get('/taken')).toEqual({ status: 409, type, body });
    expect(logged).toEqual([]);
  });

  it('of a body that is no JSON, and of one that is too large', async () => {
    const post = (body: string) =>
      get('/echo', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    expect(await post('{"a":1}')).toMatchObject({ status: 201, body: { a: 1 } });
    expect(await post('{"a"')).toMatchObject({ status: 400, type });
    expect(await post(JSON.stringify('x'.repeat(110_000)))).toMatchObject({ status: 413, type, body: { detail: expect.stringContaining('100 kB at most: send less') } }); // prettier-ignore
  });
});
