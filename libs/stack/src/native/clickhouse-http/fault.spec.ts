import { expect, it } from '@jest/globals';
import { replyTo } from './fault.js';

it.each([
  ['Query failed: Code: 60. DB::Exception: No table. (UNKNOWN_TABLE)', 60, 404],
  ['Code: 62. DB::Exception: Syntax error. (SYNTAX_ERROR)', 62, 400],
  ['Code: 159. DB::Exception: Too long. (TIMEOUT_EXCEEDED)', 159, 408],
  ['Code: 241. DB::Exception: Too much memory. (MEMORY_LIMIT_EXCEEDED)', 241, 500],
])("%s has the server's code and status", (message, code, status) => {
  const reply = replyTo(new Error(message), '26.7.2.1');
  expect(reply).toMatchObject({ code, status });
  expect(reply.body).toBe(`${message.replace('Query failed: ', '')} (version 26.7.2.1 (chDB))\n`);
});

it('a fault of our own is still told in the words that clients parse', () => {
  expect(replyTo(new TypeError('boom'), '26.7')).toMatchObject({
    code: 1002,
    status: 500,
    body: expect.stringMatching(/^Code: 1002\. DB::Exception: boom \(UNKNOWN_EXCEPTION\)/),
  });
});
