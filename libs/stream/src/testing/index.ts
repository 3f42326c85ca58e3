export * from './topology-driver.js';
