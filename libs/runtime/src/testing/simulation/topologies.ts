import type { Topology } from '@milepost/stream';
import { tillTopology } from '@milepost/stream/testing';
import type { Till } from '@milepost/stream/testing';

const reads = (bytes: Buffer): Till => ({ sum: Number(bytes.toString().replace('new ', '')) });
const codec = (prefix: string): Topology<Till, string>['state'] => ({
  initial: () => ({ sum: 0 }),
  write: ({ sum }, to) => to.text(prefix + String(sum)),
  decode: reads,
});

/** Two builds of one topology: the newer one writes state otherwise, and each reads both. */
export const builds = (clockSink?: string): Topology<Till, string>[] =>
  ['', 'new '].map((prefix) => ({
    ...tillTopology,
    checksMarkers: true,
    state: codec(prefix),
    ...(clockSink === undefined ? {} : { clockSink }),
  }));
