import { describe, expect, it } from '@jest/globals';
import { samplePlan } from '@milepost/plan/testing';
import { loadPlanFolder } from './plan-folder.js';

describe('1. The folder of the plan', () => {
  it('1.1 the plan that tests are given is the one that services read', () => {
    expect(samplePlan()).toEqual(loadPlanFolder('plan'));
  });
});
