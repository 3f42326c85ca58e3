import { describe, expect, it } from '@jest/globals';
import { readCommandLine } from './command-line.js';
import { serviceConfig } from './config.js';

const service = { name: 'signals', description: 'judges', config: serviceConfig };
const good = { KAFKA_BROKERS: 'a:9092' };

describe('The command line of a service', () => {
  it('without options gives the configuration', () => {
    expect(readCommandLine(service, [], good)).toMatchObject({ config: { KAFKA_BROKERS: ['a:9092'] } });
  });

  it('--validate prints a good configuration and ends with 0', () => {
    const asked = readCommandLine(service, ['--validate'], good);
    expect(asked).toEqual({ exitCode: 0, text: expect.stringContaining('KAFKA_BROKERS=a:9092\nHOST=127.0.0.1\n') });
  });

  it.each([[['--validate']], [[]]])('with %p ends with 2 on a bad configuration', (options) => {
    const asked = readCommandLine(service, options, {});
    expect(asked).toEqual({ exitCode: 2, text: expect.stringContaining('KAFKA_BROKERS: not set') });
  });

  it('--help needs no configuration', () => {
    const asked = readCommandLine(service, ['--help'], {});
    expect(asked).toEqual({ exitCode: 0, text: expect.stringContaining('milepost signals: judges') });
  });

  it('refuses an option that it does not know: a misspelt --validate must not start a service', () => {
    expect(readCommandLine(service, ['--valdiate'], good)).toMatchObject({ exitCode: 2 });
  });
});
