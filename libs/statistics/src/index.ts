export { StatisticsError } from './statistics-error.js';
