export * from './config.js';
export * from './logging.js';
export * from './metrics.js';
export * from './plan-folder.js';
export * from './run-service.js';
