/** Unit: no IO, in seconds. Integration: real Kafka, Redis and ClickHouse, started once for the run. */
const integrationTests = ['/src/.*\\.int\\.spec\\.ts$'];
/** End to end, and whatever else starts what it needs by itself, so that several can run side by side. */
const ownStackTests = [
  '/apps/[^/]+/e2e/.*\\.spec\\.ts$',
  '/libs/stack/src/restart\\.int\\.spec\\.ts$',
  '/libs/runtime/src/crash-points\\.int\\.spec\\.ts$',
];
/** The planted company through Kafka, the services and the API: `npm run test:planted`, for it takes two minutes. */
const plantedTests = ['/apps/signals/e2e/truth\\.spec\\.ts$'];
/** Real faults, each file on a stack of its own that it breaks; `npm run test:faults` runs all of each. */
const faultTests = ['\\.fault\\.spec\\.ts$'];

/**
 * Whole histories held to an oracle, statistics held to R, to Python and to planted truths: no IO either, but more
 * arithmetic than a few seconds hold.
 */
const proofTests = ['\\.proof\\.spec\\.ts$', '/libs/(statistics|simulator)/src/.*\\.spec\\.ts$'];

const shared = {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // js before mjs: to a package whose x.mjs imports its own x.js the mapper below would give back x.mjs.
  moduleFileExtensions: ['ts', 'js', 'mjs', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  // Tests run the sources, so that a failure points into them and no build can be stale.
  moduleNameMapper: {
    '^@milepost/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@milepost/([a-z-]+)/(testing|http|learning)$': '<rootDir>/libs/$1/src/$2/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2022',
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
};

export default {
  // On two cores Jest would use one.
  maxWorkers: '100%',
  testSequencer: '<rootDir>/tools/longest-first.mjs',
  // Ignored by projects, so given here: an integration test waits for real servers.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testRegex: ['\\.spec\\.ts$'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', ...integrationTests, ...ownStackTests, ...proofTests],
    },
    {
      ...shared,
      displayName: 'proofs',
      testRegex: proofTests,
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    },
    {
      ...shared,
      displayName: 'integration',
      testRegex: integrationTests,
      testPathIgnorePatterns: ['/node_modules/', '/dist/', ...ownStackTests],
      globalSetup: '<rootDir>/libs/stack/testing/global-setup.mjs',
      globalTeardown: '<rootDir>/libs/stack/testing/global-teardown.mjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      testRegex: ownStackTests,
      testPathIgnorePatterns: ['/node_modules/', '/dist/', ...faultTests, ...plantedTests],
    },
    {
      ...shared,
      displayName: 'planted',
      testRegex: plantedTests,
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    },
    {
      ...shared,
      displayName: 'faults',
      testRegex: faultTests,
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
    },
  ],
};
