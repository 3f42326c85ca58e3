export * from './chance.js';
export * from './cloud-event.js';
export * from './live-feed.js';
export * from './simulate-history.js';
