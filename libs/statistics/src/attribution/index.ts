export { removalEffects, type RemovalEffect, type RemovalEffects } from './removal-effects.js';
export { removalIntervals, type BootstrapOptions, type RemovalInterval } from './removal-intervals.js';
export { touchAttribution, type AttributedShare, type AttributionRule } from './touch-attribution.js';
export type { ChannelShare, TouchPath } from './touch-paths.js';
