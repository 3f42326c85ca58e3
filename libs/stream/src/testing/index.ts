export * from './encode-state.js';
export * from './topology-driver.js';
export * from './till.topology.js';
export * from './contracts/index.js';
