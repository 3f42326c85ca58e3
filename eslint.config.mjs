import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** Which libraries each may import; `type:` says what it may do, `scope:` which one it is. */
const allow = (sourceTag, ...tags) => ({ sourceTag, onlyDependOnLibsWithTags: tags });
const boundaries = [
  allow('scope:contracts'),
  allow('scope:statistics'),
  allow('scope:plan', 'scope:contracts'),
  allow('scope:stream', 'scope:contracts'),
  allow('scope:simulator', 'scope:contracts', 'scope:plan'),
  allow('scope:onboarding', 'scope:stream', 'scope:plan', 'scope:contracts', 'scope:statistics'),
  allow('scope:runtime', 'scope:stream', 'scope:contracts', 'scope:plan'),
  allow('scope:clickhouse', 'scope:stream', 'scope:contracts', 'scope:plan'),
  allow('scope:platform', 'scope:stream', 'scope:contracts', 'scope:plan'),
  allow('type:dev', 'scope:contracts'),
  allow('type:app', 'type:pure', 'type:adapter'),
];
const enforce = (constraints) => [
  'error',
  { enforceBuildableLibDependency: false, allow: [], depConstraints: constraints },
];

const PURE = ['contracts', 'plan', 'stream', 'onboarding', 'simulator', 'statistics'].map(
  (name) => `**/libs/${name}/src/**/*.ts`,
);
const TESTS = ['**/*.spec.ts', '**/testing/**/*.ts', '**/e2e/**/*.ts'];
const impure = 'A pure library does no IO: take it as data, or put it behind a port in stream.';

export default tseslint.config(
  { ignores: ['**/dist/**', '**/generated/**', '**/node_modules/**', '**/*.mjs'] },
  ...tseslint.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: false } },
    rules: {
      '@nx/enforce-module-boundaries': enforce(boundaries),
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: PURE,
    ignores: TESTS,
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [{ group: ['node:*', '@nestjs/*', 'kafkajs', 'ioredis', '@clickhouse/*'], message: impure }],
        },
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: impure },
        { object: 'Math', property: 'random', message: impure },
        { object: 'performance', property: 'now', message: impure },
      ],
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: impure },
      ],
    },
  },
  {
    files: TESTS,
    // Tests on real parts, and they alone, may bring up the stack.
    rules: { '@nx/enforce-module-boundaries': enforce([{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }]) },
  },
);
