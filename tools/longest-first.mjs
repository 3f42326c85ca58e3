import TestSequencer from '@jest/test-sequencer';

/** Files that take a minute or more. On a clean checkout Jest knows no times and would begin some of them last. */
const LONGEST = [
  'parts.fault.spec',
  'crash.fault.spec',
  'rebuild.fault.spec',
  'e2e/models.spec',
  'crash-points.int.spec',
  'load.fault.spec',
  'e2e/system.spec',
];

const rank = ({ path }) => {
  const found = LONGEST.findIndex((name) => path.includes(name));
  return found < 0 ? LONGEST.length : found;
};

export default class LongestFirst extends (TestSequencer.default ?? TestSequencer) {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
}
