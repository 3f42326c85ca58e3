import { FORGED_MARKER } from '@milepost/contracts';
import type { DecodedRecord } from './partition-fold.js';
import { InfrastructureError } from './ports.js';
import type { ControlLog } from './ports.js';

/**
 * Whoever may write events could write a marker. So one counts only where the control log holds the very record that it
 * carries; otherwise it is rejected like any other bad input. The answer is the same whenever it is asked: a control
 * record never changes, holds a text drawn at random, and was there before a marker could be made of it.
 */
export async function checkMarkers<I>(decoded: readonly DecodedRecord<I>[], log: ControlLog): Promise<void> {
  for (const one of decoded) {
    if (one.decoded.kind !== 'control') continue;
    const written = await log.read(one.decoded.sequence);
    if (!written || !one.record.value?.equals(written)) {
      one.decoded = { kind: 'rejected', violations: [FORGED_MARKER] };
    }
  }
}

/** Nobody goes past a control record that it does not understand: what it changes would be missed. */
export function requireKnownMarkers<I>(decoded: readonly DecodedRecord<I>[]): void {
  for (const { record, decoded: step } of decoded) {
    if (step.kind !== 'control' || step.inputs !== null) continue;
    const where = `${record.topic}/${record.partition}, offset ${record.offset}:`;
    throw new InfrastructureError('control-unknown', `${where} control record ${step.sequence}.`);
  }
}
