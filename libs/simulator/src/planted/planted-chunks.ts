import { Moments } from './moments.js';
import { plantedLife } from './planted-life.js';
import type { PlantedRun } from './simulate-planted.js';
import { tellLife } from './tell-life.js';

export interface ChunkOptions {
  /** The first account, and the one after the last: parts of a company can be made apart. Default: all. */
  from?: number;
  until?: number;
  /** Events of a chunk, at most. Default 20,000. */
  size?: number;
}

/**
 * The same events in bulk, account by account, as columns: memory is one chunk and one account, however many there are.
 */
export function* plantedChunks(run: PlantedRun, options: ChunkOptions = {}): Generator<Moments, void, undefined> {
  const { from = 0, until = run.accounts, size = 20_000 } = options;
  let chunk = new Moments(size);
  const own = new Moments(256);
  for (let account = from; account < until; account++) {
    own.count = 0;
    tellLife(run.company, plantedLife(run.company, run.seed, account), run.epoch, own);
    for (const place of own.inOrder(account)) {
      if (chunk.count === size) {
        yield chunk;
        chunk = new Moments(size);
      }
      chunk.take(own, place);
    }
  }
  if (chunk.count > 0) yield chunk;
}
