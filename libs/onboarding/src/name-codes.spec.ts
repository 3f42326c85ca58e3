import { describe, expect, it } from '@jest/globals';
import { NameCodes } from './name-codes.js';

describe('1. Names', () => {
  const codes = new NameCodes(['quiet', 'workflow.run', 'quiet']);

  it('1.1 come back from codes of four bytes, the same in every plan', () => {
    const code = codes.codeOf('quiet');
    expect(code).toBeLessThan(2 ** 27);
    expect(codes.nameOf(code)).toBe('quiet');
    expect(new NameCodes(['quiet']).codeOf('quiet')).toBe(code);
  });

  it('1.2 that a plan lacks keep their code, and are known again where they are stored beside', () => {
    const other = new NameCodes([]);
    const code = codes.codeOf('quiet');
    expect(other.codeOf(other.nameOf(code))).toBe(code);
    const others: string[] = [];
    expect(other.codeOf('quiet', others)).toBe(code);
    expect(other.nameOf(code, others)).toBe('quiet');
  });

  it('1.3 that share a code are refused', () => {
    // Of so many, two are all but sure to.
    const many = Array.from({ length: 60_000 }, (_, i) => `name-${i}`);
    expect(() => new NameCodes(many)).toThrow('share a code');
  });
});
