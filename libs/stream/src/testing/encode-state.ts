import { AvroWriter } from '@milepost/contracts';
import type { StateCodec } from '../topology.js';

/** A state's bytes by themselves. */
export function encodeState<S>(codec: StateCodec<S>, state: S): Buffer {
  const to = new AvroWriter();
  codec.write(state, to);
  return to.take();
}
