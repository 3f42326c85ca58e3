import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createLogger } from '../logging.js';
import { PrometheusMetrics } from '../metrics.js';
import { createServiceApp } from '../service-app.js';
import { apiKeysOf } from './api-config.js';
import { ApiKeys, atLeast, createKey, formatKeys, parseKeys } from './api-keys.js';
import { ApiGuard, NeedsRole } from './api.guard.js';
import { TokenBuckets } from './token-buckets.js';

const AT = new Date('2026-01-05T10:00:00Z');

describe('1. Keys', () => {
  it('1.1 a key is found by itself and by nothing else, and what is kept does not hold it', () => {
    const [own, other] = [createKey('dashboard', 'viewer', AT), createKey('ada', 'analyst', AT)];
    const keys = new ApiKeys([own.record, other.record]);
    expect(keys.find(own.key)).toEqual(own.record);
    expect(keys.find(`${own.key}x`)).toBeUndefined();
    expect(keys.find(own.record.sha256)).toBeUndefined();
    expect(formatKeys([own.record])).not.toContain(own.key.slice(3));
    expect(own.key).toMatch(/^mp_[\w-]{43}$/);
    expect(parseKeys(formatKeys([own.record, other.record]), 'keys.json')).toEqual([own.record, other.record]);
  });

  it('1.2 each role may do what those before it may', () => {
    expect([atLeast('viewer', 'viewer'), atLeast('viewer', 'analyst')]).toEqual([true, false]);
    expect([atLeast('admin', 'analyst'), atLeast('analyst', 'admin')]).toEqual([true, false]);
  });

  it.each([
    ['{', 'no JSON'],
    ['{"keys":[{"name":"a","role":"god","sha256":"","createdAt":""}]}', 'keys.0.role'],
    ['{"keys":[],"more":1}', 'no file of keys'],
  ])('1.3 a file that is none says so: %s', (text, message) => {
    expect(() => parseKeys(text, 'keys.json')).toThrow(message);
  });
});

describe('2. Keys are off on the loopback only', () => {
  const config = { API_AUTH: 'off' as const, RATE_LIMIT_PER_MINUTE: 600 };

  it.each(['127.0.0.1', '127.8.8.8', '::1', 'localhost'])('2.1 on %s', (HOST) => {
    expect(apiKeysOf({ ...config, HOST })).toBeNull();
  });
  it.each(['0.0.0.0', '::', '10.0.0.7', 'milepost.example', '127.0.0.1.evil.example'])('2.2 not on %s', (HOST) => {
    expect(() => apiKeysOf({ ...config, HOST })).toThrow('without keys it listens on 127.0.0.1 only');
  });
  it('2.3 with keys asked for, a file with at least one is needed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const file = join(folder, 'keys.json');
    const asked = { ...config, API_AUTH: 'keys' as const, HOST: '0.0.0.0' };
    expect(() => apiKeysOf(asked)).toThrow('API_KEYS_FILE is not set');
    expect(() => apiKeysOf({ ...asked, API_KEYS_FILE: file })).toThrow('milepost keys create');
    writeFileSync(file, formatKeys([]));
    expect(() => apiKeysOf({ ...asked, API_KEYS_FILE: file })).toThrow('holds no key');
    const { key, record } = createKey('a', 'admin', AT);
    writeFileSync(file, formatKeys([record]));
    expect(apiKeysOf({ ...asked, API_KEYS_FILE: file })!.find(key)).toEqual(record);
    rmSync(folder, { recursive: true });
  });
});

describe('3. So many requests a minute', () => {
  it('3.1 as many at once, then one as time passes; askers do not take from each other', () => {
    const buckets = new TokenBuckets(60);
    for (let i = 0; i < 60; i++) expect(buckets.take('a', 0)).toBe(0);
    expect(buckets.take('a', 0)).toBe(1_000);
    expect(buckets.take('b', 0)).toBe(0);
    expect(buckets.take('a', 400)).toBe(600);
    expect(buckets.take('a', 1_000)).toBe(0);
    expect(buckets.take('a', 1_000)).toBe(1_000);
    expect(buckets.take('a', 900)).toBe(1_000); // A clock that was set back gives nothing.
  });
});

describe('4. The way in', () => {
  const [viewer, analyst] = [createKey('vi', 'viewer', AT), createKey('an', 'analyst', AT)];
  let app: NestExpressApplication;
  let base: string;

  @Controller()
  class Questions {
    @Get('open')
    @NeedsRole('viewer')
    open(): string[] {
      return [];
    }
    @Get('deep')
    @NeedsRole('analyst')
    deep(): string[] {
      return [];
    }
  }

  async function serve(keys: ApiKeys | null, perMinute: number): Promise<void> {
    const guard = new ApiGuard(keys, new TokenBuckets(perMinute), () => 0);
    @Module({ controllers: [Questions], providers: [{ provide: APP_GUARD, useValue: guard }] })
    class QuestionsModule {}
    const metrics = new PrometheusMetrics('test');
    const source = { phase: () => 'started' as const, sinceProgress: () => 0, checks: {}, checkTimeoutMs: 20, metrics };
    app = await createServiceApp(source, createLogger('test', 'error', { write: () => undefined }), [QuestionsModule]);
    await app.listen(0, '127.0.0.1');
    base = await app.getUrl();
  }
  beforeEach(() => serve(new ApiKeys([viewer.record, analyst.record]), 4));
  afterEach(() => app.close());

  const get = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(base + path, { headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as { type?: string } };
  };
  const bearer = (key: string) => ({ Authorization: `Bearer ${key}` });

  it('4.1 without a known key: 401, and how to bring one', async () => {
    for (const headers of [{}, bearer('mp_wrong'), { Authorization: `Basic ${viewer.key}` }]) {
      const { status, headers: own, body } = await get('/open', headers as Record<string, string>);
      expect([status, own.get('www-authenticate')]).toEqual([401, 'Bearer realm="milepost"']);
      expect(body.type).toBe('urn:milepost:problem:unauthenticated');
    }
  });

  it('4.2 with one: what its role allows', async () => {
    expect((await get('/open', bearer(viewer.key))).status).toBe(200);
    expect((await get('/open', { 'X-API-Key': viewer.key })).status).toBe(200);
    expect((await get('/deep', bearer(analyst.key))).status).toBe(200);
    const { status, body } = await get('/deep', bearer(viewer.key));
    expect([status, body.type]).toEqual([403, 'urn:milepost:problem:not-allowed']);
  });

  it('4.3 too many: 429 with the time to wait, and health is not counted', async () => {
    for (let i = 0; i < 4; i++) expect((await get('/open', bearer(viewer.key))).status).toBe(200);
    const { status, headers } = await get('/open', bearer(viewer.key));
    expect([status, headers.get('retry-after')]).toEqual([429, '15']);
    expect((await get('/open', bearer(analyst.key))).status).toBe(200);
    expect((await get('/health/live')).status).toBe(200);
  });

  it('4.4 a path and query of more than 4,096 characters are not read', async () => {
    expect((await get(`/open?q=${'x'.repeat(4_100)}`, bearer(viewer.key))).status).toBe(414);
  });

  it('4.5 without keys: this machine by its own name, and no page that made its name point here', async () => {
    await app.close();
    await serve(null, 4);
    expect((await get('/deep')).status).toBe(200);
    const { request } = await import('node:http');
    const status = await new Promise((done) => {
      const asked = request(`${base}/open`, { headers: { Host: 'evil.example' } }, (answer) => done(answer.statusCode));
      asked.end();
    });
    expect(status).toBe(403);
  });
});
