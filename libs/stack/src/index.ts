export * from './stack.js';
export { startOwnStack, startStack } from './start-stack.js';
export { DataDirInUse } from './data-dir-lock.js';
export { freePort } from './free-port.js';
export { kafkaAnswers } from './kafka-answers.js';
export { quietKafka } from './quiet-kafka.js';
export { until } from './until.js';
