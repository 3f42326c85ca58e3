import { describe, expect, it } from '@jest/globals';
import { ClickHouseError } from '@clickhouse/client';
import { insertFailed } from './clickhouse-faults.js';

const WHAT = 'milepost.events, onboarding.journey/3 [7, 9)';
const failed = (type: string, code: string, message: string) =>
  insertFailed(WHAT, new ClickHouseError({ type, code, message }));

describe('1. A failed insert', () => {
  it.each([
    ['CANNOT_PARSE_INPUT_ASSERTION_FAILED', '27', "expected ',' before: 'acct_1'", ''],
    ['CANNOT_PARSE_NUMBER', '72', 'text acct_1 (while reading the value of key company_size)', ' in company_size'],
    ['INCORRECT_DATA', '117', 'acct_1', ''],
  ])('1.1 because of its rows (%s) tells fault and column, none of the words', (type, code, message, where) => {
    const fault = failed(type, code, message);
    expect(fault.message).toContain(`: ${WHAT}: ClickHouse refused the rows, ${type} (${code})${where}. `);
    expect(fault.cause).toBeUndefined();
    expect(fault.message).not.toContain('acct_1');
  });

  it.each([
    ['UNKNOWN_TABLE', '60', 'Table milepost.events does not exist.'],
    ['TOO_MANY_PARTS', '252', 'Too many parts.'],
  ])('1.2 for another reason (%s) is told in ClickHouse’s words', (type, code, message) => {
    const fault = failed(type, code, message);
    expect(fault.message).toContain(`${WHAT}: ${message}`);
    expect(fault.cause).toMatchObject({ type, code });
  });

  it('1.3 without an answer keeps the cause', () => {
    const cause = new Error('connect ECONNREFUSED 127.0.0.1:8123');
    expect(insertFailed(WHAT, cause)).toMatchObject({ code: 'warehouse-unavailable', stops: false, cause });
  });
});
