import { join } from 'node:path';

/**
 * What is decoded and folded lives as long as its batch. In V8's default young space (16 MB) much of it would be copied
 * on into the old one: a tenth more CPU for an event. And where batches once were long, as they are in a backlog, V8
 * would go on to make records in the old space for good (pretenuring), where each holds on to all that it names until the
 * engine looks through its whole heap: ten times as much of it, which is what the slowest events wait for.
 */
const ENGINE = ['--max-semi-space-size=64', '--no-allocation-site-pretenuring'];

/** Node's arguments that run a service of the workspace at `root`. */
export function serviceCommand(root: string, service: string): string[] {
  return [...ENGINE, join(root, `apps/${service}/dist/main.js`)];
}
