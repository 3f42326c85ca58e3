/** Unit: no IO, in seconds. Integration: real Kafka, Redis and ClickHouse, started once for the run. */
const integrationTests = ['/src/.*\\.int\\.spec\\.ts$', '/apps/[^/]+/e2e/.*\\.spec\\.ts$'];

const shared = {
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/apps', '<rootDir>/libs'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'json', 'node'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/'],
  // Tests run the sources, so that a failure points into them and no build can be stale.
  moduleNameMapper: {
    '^@milepost/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@milepost/([a-z-]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
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
  // Ignored by projects, so given here: an integration test waits for real servers.
  testTimeout: 60_000,
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testRegex: ['\\.spec\\.ts$'],
      testPathIgnorePatterns: ['/node_modules/', '/dist/', ...integrationTests],
    },
    {
      ...shared,
      displayName: 'integration',
      testRegex: integrationTests,
      testPathIgnorePatterns: ['/node_modules/', '/dist/'],
      globalSetup: '<rootDir>/libs/stack/testing/global-setup.mjs',
      globalTeardown: '<rootDir>/libs/stack/testing/global-teardown.mjs',
    },
  ],
};
