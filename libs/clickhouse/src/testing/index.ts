export * from './own-database.js';
