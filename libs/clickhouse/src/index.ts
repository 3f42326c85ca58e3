export * from './clickhouse-client.js';
export * from './migrate.js';
export * from './range-writer.js';
export * from './reports.js';
