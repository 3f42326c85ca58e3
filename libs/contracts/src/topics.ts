/** Logical names; a deployment may put a prefix before each. */
export const TOPICS = {
  events: 'onboarding.events',
  control: 'onboarding.control',
  journey: 'onboarding.journey',
  rejected: 'onboarding.rejected',
  atRisk: 'onboarding.signals.at-risk',
  expansionReady: 'onboarding.signals.expansion-ready',
  models: 'onboarding.models',
} as const;
export type TopicName = (typeof TOPICS)[keyof typeof TOPICS];

/** Fixed at creation: an account's place is `murmur2(key) % PARTITIONS` for ever. */
export const PARTITIONS = 8;

/** Models are few, and read whole. */
export const MODELS_PARTITIONS = 1;
/** Everything else has `PARTITIONS`. What operators say has one order: that of its sequence numbers. */
export const CONTROL_PARTITIONS = 1;

const MAX_EVENT_BYTES = 1_048_576;
const REJECTION_HEADROOM = 65_536;
const WEEK_MS = String(7 * 24 * 60 * 60 * 1000);

/** Settings that correctness rests on; checked at boot, not only set at creation. */
export const TOPIC_CONFIG: Record<TopicName, Record<string, string>> = {
  [TOPICS.events]: {
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'max.message.bytes': String(MAX_EVENT_BYTES),
    // Stream time is the largest timestamp, so a producer whose clock is ahead must not drag it along.
    'message.timestamp.after.max.ms': '300000',
  },
  // Markers name its records for as long as events are kept, and a marker without its record counts for nothing.
  [TOPICS.control]: {
    'cleanup.policy': 'delete',
    'retention.ms': '-1',
    'retention.bytes': '-1',
  },
  // A page may hold the facts of an event at the limit, whose Avro form and milestones come on top.
  [TOPICS.journey]: {
    'retention.ms': '-1',
    'retention.bytes': '-1',
    'max.message.bytes': String(4 * MAX_EVENT_BYTES),
  },
  [TOPICS.rejected]: {
    'retention.ms': '-1',
    'max.message.bytes': String(MAX_EVENT_BYTES + REJECTION_HEADROOM),
  },
  // The warehouse repeats a frozen range after a crash, so a record must outlive its superseding for a while.
  [TOPICS.atRisk]: { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': WEEK_MS },
  [TOPICS.expansionReady]: { 'cleanup.policy': 'compact', 'min.compaction.lag.ms': WEEK_MS },
  // Whatever was ever in force must be there for a replay; a model that comes twice is the same to the byte.
  [TOPICS.models]: { 'retention.ms': '-1', 'retention.bytes': '-1', 'cleanup.policy': 'delete' },
};
