import { expect, it } from '@jest/globals';
import { sessionStatements } from './session-settings.js';

const of = (query: string, method = 'POST') => sessionStatements(new URLSearchParams(query), method);

it('a request asks for its database, settings and parameters', () => {
  expect(of('database=mile%60post&max_threads=2&param_a=x&query=SELECT+1&query_id=q&default_format=CSV')).toEqual([
    'USE `mile\\`post`',
    "SET max_threads = '2', param_a = 'x'",
  ]);
});

it('values cannot leave their quotes', () => {
  expect(of(`param_a=${encodeURIComponent("a\\tb'; DROP TABLE t; --")}`)).toEqual([
    "SET param_a = 'a\\\\tb\\'; DROP TABLE t; --'",
  ]);
  expect(() => of('max_threads%3D1%2Cx=2')).toThrow('UNKNOWN_SETTING');
});

it('a GET may only read, as on the server', () => {
  expect(of('max_threads=2', 'GET')).toEqual(["SET max_threads = '2', readonly = 2"]);
});

it('what is not spoken is refused by name', () => {
  expect(() => of('session_id=a')).toThrow(/NOT_IMPLEMENTED/);
  expect(of('compress=0')).toEqual([]);
});
