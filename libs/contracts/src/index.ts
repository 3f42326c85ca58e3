export * from './onboarding-event.js';
export * from './micros.js';
export * from './violation.js';
export * from './topics.js';
export * from './trigger.js';
