import { TOUCHES } from '../../planted/touch-chain.js';
import type { PlantedAccounts } from '../../planted/planted-accounts.js';

/** Touches of the trial in order, with how many accounts paid after just these and how many did not. */
export interface PlantedPath {
  touches: string[];
  paid: number;
  unpaid: number;
}

export function plantedPaths({ count, touchStart, touch, paid }: PlantedAccounts): PlantedPath[] {
  const paths = new Map<string, PlantedPath>();
  for (let i = 0; i < count; i++) {
    const own = touch.subarray(touchStart[i]!, touchStart[i + 1]!);
    const key = own.join();
    let path = paths.get(key);
    if (!path) paths.set(key, (path = { touches: Array.from(own, (one) => TOUCHES[one]!), paid: 0, unpaid: 0 }));
    if (paid[i]! < Infinity) path.paid++;
    else path.unpaid++;
  }
  return [...paths.values()];
}
