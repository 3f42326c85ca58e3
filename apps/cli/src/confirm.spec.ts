import { beforeAll, describe, expect, it } from '@jest/globals';
import { confirmed } from './confirm.js';
import { UsageError } from './connections.js';

// Whoever runs this may sit at a terminal.
beforeAll(() => void (process.stdin.isTTY = false));

describe('1. What cannot be undone', () => {
  it('1.1 is not done where nobody can be asked', async () => {
    await expect(confirmed('Everything goes.', { yes: false })).rejects.toThrow(UsageError);
    await expect(confirmed('Everything goes.', { yes: false })).rejects.toThrow('give --yes');
  });

  it('1.2 is done where somebody has said so', async () => {
    await expect(confirmed('Everything goes.', { yes: true })).resolves.toBe(true);
  });
});
