/** What a single broker needs to be whole, and a laptop to start it fast; the same however it is run. */
export const BROKER_SETTINGS = {
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.listener.names': 'CONTROLLER',
  'auto.create.topics.enable': 'false',
  // Few internal partitions: a first start waits for them.
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '8',
  // A laptop may rest for weeks; a group that lost its offsets would have to be rebuilt.
  'offsets.retention.minutes': '5256000',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'transaction.state.log.num.partitions': '4',
  'share.coordinator.state.topic.replication.factor': '1',
  'share.coordinator.state.topic.min.isr': '1',
  'group.initial.rebalance.delay.ms': '0',
  // Retention works on record timestamps: a history would be deleted as it is fed.
  'log.retention.ms': '-1',
  'log.cleaner.dedupe.buffer.size': '16777216',
} as const;
