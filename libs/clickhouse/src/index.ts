export * from './clickhouse-client.js';
export * from './migrate.js';
export * from './range-writer.js';
export * from './reports.js';
export * from './archive.js';
export * from './history.js';
export * from './questions.js';
export * from './snapshots.js';
