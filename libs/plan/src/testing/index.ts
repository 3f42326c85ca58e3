export * from './sample-plan.js';
