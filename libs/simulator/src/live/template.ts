import type { Micros } from '@milepost/contracts';
import type { Details, Properties } from '../flowpeak-event.js';

/** An event to be, without its id and instant. */
export interface EventTemplate {
  /** After the scene's begin. */
  afterMicros: Micros;
  account: string;
  type: string;
  properties: Properties;
  details: Details;
}
