import { describe, expect, it } from '@jest/globals';
import { createLogger, faultFields, nestLogger } from './logging.js';

function lines(): { write: (line: string) => void; read: () => Record<string, unknown>[] } {
  const written: string[] = [];
  return {
    write: (line) => void written.push(line),
    read: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}

describe('createLogger', () => {
  it('writes a JSON line with an ISO time, the level as a word and the service', () => {
    const out = lines();
    createLogger('signals', 'info', out).info({ partition: 3 }, 'Partition taken');
    expect(out.read()).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        service: 'signals',
        partition: 3,
        msg: 'Partition taken',
      },
    ]);
  });

  it('leaves out what is below its level', () => {
    const out = lines();
    createLogger('signals', 'warn', out).info({}, 'quiet');
    expect(out.read()).toEqual([]);
  });

  it('hides credentials wherever they stand: in the message, a field, an error, a secret field', () => {
    const out = lines();
    const error = new Error('connect redis://:hunter2@host failed');
    createLogger('signals', 'info', out).error(
      { ...faultFields(error), nested: { error, url: 'http://u:hunter2@ch' }, password: 'hunter2' },
      'Lost "redis://:hunter2@host"',
    );
    expect(JSON.stringify(out.read())).not.toContain('hunter2');
    expect(out.read()[0]).toMatchObject({
      error: 'connect redis://***@host failed',
      nested: { error: { message: 'connect redis://***@host failed' } },
      msg: 'Lost "redis://***@host"',
    });
  });
});

describe('faultFields', () => {
  it('tells the cause, and bears what is no error', () => {
    expect(faultFields(new Error('a', { cause: new Error('b') }))).toMatchObject({ error: 'a', cause: 'Error: b' });
    expect(faultFields('gone')).toEqual({ error: 'gone' });
    expect(faultFields(undefined)).toEqual({ error: 'undefined' });
  });
});

describe('nestLogger', () => {
  it("puts Nest's small talk at debug, and keeps the stack of an error apart from its context", () => {
    const out = lines();
    const nest = nestLogger(createLogger('signals', 'debug', out));
    nest.log('Mapped route', 'RouterExplorer');
    nest.error('It broke', 'Error: It broke\n  at x', 'ExceptionsHandler');
    nest.error(new Error('thrown'), 'Injector');
    expect(out.read()).toMatchObject([
      { level: 'debug', context: 'RouterExplorer', msg: 'Mapped route' },
      { level: 'error', context: 'ExceptionsHandler', stack: 'Error: It broke\n  at x', msg: 'It broke' },
      { level: 'error', context: 'Injector', error: 'thrown', msg: 'thrown' },
    ]);
  });
});
