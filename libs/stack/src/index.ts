export * from './stack.js';
export { startOwnStack, startStack } from './start-stack.js';
export { DataDirInUse } from './data-dir-lock.js';
export { forgetData } from './forget-data.js';
export { freePort } from './free-port.js';
export { kafkaAnswers } from './answers/kafka-answers.js';
export { quietKafka } from './quiet-kafka.js';
export { serviceCommand } from './service-command.js';
export { until } from './until.js';
