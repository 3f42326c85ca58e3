import { describe, expect, it } from '@jest/globals';
import { maskFields, maskSetting, maskUrl } from './mask.js';

describe('maskUrl', () => {
  it.each([
    ['redis://:hunter2@host:6379/0', 'redis://***@host:6379/0'],
    ['http://user:hunter2@host', 'http://***@host'],
    ['a password with / and @: redis://u:12/hun@ter2@host', 'a password with / and @: redis://***@host'],
    ['redis://:hunter2@a then http://u:hunter2@b', 'redis://***@a then http://***@b'],
    ['http://host:8123/?user=me&password=hunter2&x=1', 'http://host:8123/?user=me&password=***&x=1'],
    ['http://host/?access_token=hunter2', 'http://host/?access_token=***'],
  ])('hides credentials: %s', (text, masked) => expect(maskUrl(text)).toBe(masked));

  it.each([
    'http://127.0.0.1:8123/?database=milepost',
    'mail me@example.org',
    'at file:///work/node_modules/@nestjs/core/router.js:1:2',
  ])('leaves alone what carries none: %s', (text) => expect(maskUrl(text)).toBe(text));
});

describe('maskSetting', () => {
  it.each([
    ['user:hunter2@broker:9092', '***@broker:9092'],
    ['a:9092,user:hunter2@b:9092', '***@b:9092'],
    ['redis//:hunter 2@host', '***@host'],
    ['a:9092,b:9092', 'a:9092,b:9092'],
  ])('hides what stands before the last @: %s', (text, masked) => expect(maskSetting(text)).toBe(masked));
});

describe('maskFields', () => {
  it('hides fields by their name, at any depth, and lets other tokens be', () => {
    const fields = {
      token: 7,
      a: [{ redisPassword: 'x', password: 'y', api_key: 'z', headers: { authorization: 'b' } }],
    };
    expect(maskFields(fields)).toEqual({
      token: 7,
      a: [{ redisPassword: '***', password: '***', api_key: '***', headers: { authorization: '***' } }],
    });
  });

  it('ends on fields that hold themselves', () => {
    const fields: Record<string, unknown> = { name: 'a' };
    fields['self'] = fields;
    expect(maskFields(fields)).toMatchObject({ name: 'a', self: { name: 'a' } });
  });
});
