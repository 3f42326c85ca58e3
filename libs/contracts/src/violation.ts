/**
 * Why a record was rejected. The first four names are RudderStack's, so that people who know tracking plans know
 * them; the others are ours. A closed union: a new fault needs a name here before it can be reported.
 */
export const VIOLATION_CODES = [
  'Unplanned-Event',
  'Required-Missing',
  'Datatype-Mismatch',
  'Additional-Properties',
  'Value-Not-Allowed',
  'Unknown-Encoding',
  'Unknown-Schema',
  'Malformed-Avro',
  'Malformed-JSON',
  'Malformed-CloudEvent',
  'Empty-Value',
  'Account-Missing',
  'Key-Mismatch',
  'Time-In-Future',
  'Conflicting-Duplicate',
  'Forged-Marker',
] as const;
export type ViolationCode = (typeof VIOLATION_CODES)[number];

export interface Violation {
  code: ViolationCode;
  /** JSON Pointer of the field at fault, '' for the whole record. */
  field: string;
  /** What was found and what is wanted. Never the content of free text. */
  message: string;
}
