import { describe, expect, it } from '@jest/globals';
import { planOf, smallPlanWith } from '../testing/small-plan.js';
import { canonicalJson, fnv1a64, planVersion } from './plan-version.js';

describe('The version of a plan', () => {
  // From the authors' test suite: http://www.isthe.com/chongo/src/fnv/test_fnv.c
  it.each([
    ['', 'cbf29ce484222325'],
    ['a', 'af63dc4c8601ec8c'],
    ['foobar', '85944171f73967e8'],
  ])('is FNV-1a, 64 bits: %j', (text, hash) => expect(fnv1a64(text)).toBe(hash));

  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [2, { d: 1, c: null }], a: 1 })).toBe('{"a":1,"b":[2,{"c":null,"d":1}]}');
  });

  it('is the same for another way of writing the same plan', () => {
    const version = planOf(smallPlanWith()).version;
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    expect(planOf(smallPlanWith('events: [task.done]', 'event: task.done')).version).toBe(version);
    expect(planOf(smallPlanWith('cooldown: 3 d', 'cooldown: 72 h')).version).toBe(version);
    expect(planOf(smallPlanWith('name: Small', '# a remark\nname: "Small"')).version).toBe(version);
  });

  it('differs for another plan, and is told without the one it has', () => {
    const plan = planOf(smallPlanWith('cooldown: 3 d', 'cooldown: 73 h'));
    expect(plan.version).not.toBe(planOf(smallPlanWith()).version);
    expect(planVersion({ ...plan, version: 'other' } as typeof plan)).toBe(plan.version);
  });
});
