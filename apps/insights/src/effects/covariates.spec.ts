import { describe, expect, it } from '@jest/globals';
import { covariatesOf } from './covariates.js';
import type { Pattern } from './covariates.js';

const pattern = (more: Partial<Pattern>): Pattern => ({ segment: 'smb', plan_tier: 'pro', industry: 'software', region: 'emea', channel: 'sales', size: 4, accounts: 10, ...more }); // prettier-ignore

describe('1. Covariates known at signup, as columns', () => {
  it('1.1 a level each but the most frequent one, by accounts and not by lines', () => {
    const rows = [pattern({ channel: 'partner', accounts: 50 }), pattern({}), pattern({ region: 'apac' })];
    expect(covariatesOf(rows)).toEqual({ 'channel sales': [0, 1, 1], 'region apac': [0, 0, 1] });
  });

  it('1.2 what does not vary is left out, and what was asked to be', () => {
    const rows = [pattern({ size: 2 }), pattern({ size: 6, channel: 'partner' })];
    expect(covariatesOf(rows, ['channel'])).toEqual({ 'log2(company size)': [2, 6] });
  });

  it('1.3 an unknown size stands at the mean of the known ones, and is told apart', () => {
    const rows = [pattern({ size: 2, accounts: 30 }), pattern({ size: 6 }), pattern({ size: -1 })];
    expect(covariatesOf(rows)).toEqual({ 'log2(company size)': [2, 6, 3], 'company size unknown': [0, 0, 1] });
  });

  it('1.4 a level of fewer than five accounts has no column of its own', () => {
    const rows = [pattern({}), pattern({ industry: 'retail', accounts: 4 }), pattern({ industry: 'finance', accounts: 5 })]; // prettier-ignore
    expect(Object.keys(covariatesOf(rows))).toEqual(['industry finance']);
  });
});
