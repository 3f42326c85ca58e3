import { EventEmitter, once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { serviceConfig } from './config.js';
import { runService } from './run-service.js';
import type { HostedServer, ServiceParts } from './service-definition.js';

/** A process that only says that it would end. */
class FakeProcess extends EventEmitter {
  argv = ['node', 'main.js'];
  env: Record<string, string | undefined> = { KAFKA_BROKERS: 'a:9092' };
  out = '';
  stdout = { write: (text: string) => (this.out += text) };
  stderr = this.stdout;
  codes: number[] = [];
  readonly ended = once(this, 'ended');
  exit(code: number): void {
    this.codes.push(code);
    this.emit('ended');
  }
  get url(): string {
    return /"url":"([^"]+)"/.exec(this.out)![1]!;
  }
}

const fakeServer = (close = (): Promise<void> => Promise.resolve()) => {
  const server = { closed: 0, heartbeatAt: Date.now(), listen: (ready: () => unknown) => ready() };
  return Object.assign(server, { close: () => ((server.closed += 1), close()) });
};

const run = (host: FakeProcess, parts: () => Promise<ServiceParts>, stopTimeoutMs?: number): Promise<void> =>
  runService(
    { name: 'test', description: 'for tests', config: serviceConfig, start: parts },
    { host, logTo: host.stdout, ...(stopTimeoutMs === undefined ? {} : { stopTimeoutMs }) },
  );
const serving = (server: HostedServer) => () => Promise.resolve({ server, checks: {} });
const readiness = async (url: string) => (await fetch(`${url}/health/ready`)).status;
const startup = async (url: string): Promise<unknown> => {
  const response = await fetch(`${url}/health/startup`);
  return { code: response.status, ...((await response.json()) as object) };
};

describe('A service', () => {
  it('is ready when its host listens; on SIGTERM it closes the host once, while health still answers, and exits 0', async () => {
    const host = new FakeProcess();
    const seen: number[] = [];
    const server = fakeServer(async () => void seen.push(await readiness(host.url)));
    await run(host, serving(server));
    expect(await readiness(host.url)).toBe(200);
    host.emit('SIGTERM');
    host.emit('SIGINT');
    await host.ended;
    expect({ seen, closed: server.closed, codes: host.codes }).toEqual({ seen: [503], closed: 1, codes: [0] });
    await expect(fetch(host.url)).rejects.toThrow();
  });

  it('exits 1 with a line in the log when stopping takes too long', async () => {
    const host = new FakeProcess();
    let finish = (): void => undefined;
    const server = fakeServer(() => new Promise((done) => (finish = done)));
    await run(host, serving(server), 20);
    host.emit('SIGTERM');
    await host.ended;
    expect(host.codes).toEqual([1]);
    expect(host.out).toContain('Stopping took too long');
    finish();
    await once(host, 'ended');
  });

  it.each(['unhandledRejection', 'uncaughtException'])('exits 1 on an %s, whatever was thrown', async (fault) => {
    const host = new FakeProcess();
    await run(host, serving(fakeServer()));
    host.emit(fault, 'gone wrong');
    expect(host.codes).toEqual([1]);
    expect(host.out).toContain('"error":"gone wrong"');
    const ended = once(host, 'ended');
    host.emit('SIGTERM');
    await ended;
  });

  it('exits 1 when it cannot start: its parts, or its host', async () => {
    const noParts = new FakeProcess();
    await run(noParts, () => Promise.reject(new Error('topic missing')));
    expect([noParts.codes, noParts.out]).toEqual([[1], expect.stringContaining('topic missing')]);

    const noHost = new FakeProcess();
    const server = Object.assign(fakeServer(), {
      listen: (ready: (fault: unknown) => unknown) => ready(new Error('no Redis')),
    });
    await run(noHost, serving(server));
    expect([noHost.codes, noHost.out]).toEqual([[1], expect.stringContaining('no Redis')]);
    noHost.emit('SIGTERM');
    await once(noHost, 'ended');
  });

  it('stops in order while it still starts: a host that comes up too late makes nothing ready again', async () => {
    const host = new FakeProcess();
    let listening = (): unknown => undefined;
    let seen: unknown;
    const late = fakeServer(async () => {
      listening();
      await running;
      seen = await startup(host.url);
    });
    const server = Object.assign(late, { listen: (ready: () => unknown) => (listening = ready) });
    const running = run(host, serving(server));
    while (!host.out.includes('answers')) await new Promise(setImmediate);
    expect(await startup(host.url)).toEqual({ code: 503, status: 'starting' });
    host.emit('SIGINT');
    await host.ended;
    expect(seen).toEqual({ code: 200, status: 'stopping' });
    expect({ closed: server.closed, codes: host.codes }).toEqual({ closed: 1, codes: [0] });
  });

  it('runs without a host, with HTTP alone', async () => {
    const host = new FakeProcess();
    await run(host, () => Promise.resolve({ checks: {} }));
    expect((await fetch(`${host.url}/health/live`)).status).toBe(200);
    host.emit('SIGTERM');
    await host.ended;
    expect(host.codes).toEqual([0]);
  });

  it('ends with 2 before anything is started when the configuration is bad', async () => {
    const host = new FakeProcess();
    host.env = {};
    let started = false;
    await run(host, () => Promise.reject(new Error(String((started = true)))));
    expect({ started, codes: host.codes }).toEqual({ started: false, codes: [2] });
  });
});
