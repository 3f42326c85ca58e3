// Three sizes: `unit` has no IO and ends in seconds; `integration` and `e2e` run on real Kafka, Redis and ClickHouse.
const shared = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'es6' },
      },
    ],
  },
  moduleNameMapper: {
    '^@milepost/([a-z-]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^@milepost/([a-z-]+)/testing$': '<rootDir>/libs/$1/src/testing/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.milepost/'],
  testEnvironment: 'node',
};

const onRealParts = {
  ...shared,
  globalSetup: '<rootDir>/tools/stack-setup.mjs',
  globalTeardown: '<rootDir>/tools/stack-teardown.mjs',
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{apps,libs,tools}/**/*.spec.ts'],
      testPathIgnorePatterns: ['\\.int\\.spec\\.ts$', '/e2e/'],
    },
    { ...onRealParts, displayName: 'integration', testMatch: ['<rootDir>/{apps,libs}/**/*.int.spec.ts'] },
    { ...onRealParts, displayName: 'e2e', testMatch: ['<rootDir>/apps/*/e2e/**/*.spec.ts'] },
  ],
};
