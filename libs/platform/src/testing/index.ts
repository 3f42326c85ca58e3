/** The HTTP side of a service without its life, for tests of what a service answers. */
export { createServiceApp } from '../service-app.js';
