export * from './milestones/milestones.topology.js';
export * from './milestones/milestones-state.js';
export * from './signals/signals.topology.js';
export * from './signals/signals-state.js';
export type { Episode, Interval } from './signals/timeline.js';
export * from './deployment-topics.js';
export * from './describe-topologies.js';
export { segmentOf } from './signals/signal-rules.js';
