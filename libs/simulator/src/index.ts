export * from './chance.js';
export * from './cloud-event.js';
export * from './flowpeak.js';
export * from './history/simulate-history.js';
export * from './live/live-feed.js';
export * from './planted/index.js';
export * from './arrival/disturb.js';
export * from './arrival/poison.js';
