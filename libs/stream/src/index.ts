export * from './log-record.js';
export * from './output.js';
export * from './topology.js';
export * from './outbox.js';
export * from './due-index.js';
export * from './tally.js';
export * from './partition-fold.js';
export * from './ports.js';
