/** Uniform numbers in [0, 1) from a seed (Marsaglia's xorshift, 32 bits): tests only. */
export function seededRandom(seed: number): () => number {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}

export { normalDraw as seededNormal } from '../normal-draw.js';
