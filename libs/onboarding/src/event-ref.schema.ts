/** Avro schema of an `EventRef`, shared by the states that keep one. */
export const EVENT_REF_SCHEMA = {
  type: 'record',
  name: 'dev.milepost.state.v1.EventRef',
  fields: [
    { name: 'at', type: 'long' },
    { name: 'source', type: 'string' },
    { name: 'id', type: 'string' },
    { name: 'type', type: 'string' },
  ],
};
