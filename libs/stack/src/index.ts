export * from './stack.js';
export { startStack } from './start-stack.js';
export { freePort } from './free-port.js';
export { until } from './until.js';
