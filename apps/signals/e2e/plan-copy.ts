import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './instance.js';

/**
 * The sample company's plan as a folder of a run's own, which it may change. History rests for seconds before it is
 * judged, so that a run need not wait for half a minute.
 */
export function copyPlan(folder: string, historyRest = '3 s'): string {
  cpSync(join(ROOT, 'plan'), folder, { recursive: true });
  appendFileSync(join(folder, 'plan.yaml'), `\nhistoryRest: ${historyRest}\n`);
  return folder;
}
