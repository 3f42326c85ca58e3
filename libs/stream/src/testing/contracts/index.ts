export * from './contract.js';
export * from './publisher.contract.js';
export * from './range-writer.contract.js';
export * from './state-store.contract.js';
