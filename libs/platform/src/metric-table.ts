export interface MetricDefinition {
  kind: 'counter' | 'gauge' | 'histogram';
  help: string;
  /** Of low cardinality: never an account. `service` is on every metric by itself. */
  labels: readonly string[];
  buckets?: readonly number[];
}
/** By name, without the prefix `milepost_`. */
export type MetricTable = Record<string, MetricDefinition>;

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const RECORDS = [1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 30_000];

const counter = (help: string, ...labels: string[]): MetricDefinition => ({ kind: 'counter', help, labels });
const gauge = (help: string, ...labels: string[]): MetricDefinition => ({ kind: 'gauge', help, labels });
const histogram = (buckets: readonly number[], help: string, ...labels: string[]): MetricDefinition => ({
  kind: 'histogram',
  help,
  labels,
  buckets,
});

/** Every metric of the hosts: what is not declared can't be counted. Base units, as Prometheus wants them. */
export const METRICS: MetricTable = {
  batches_total: counter('Batches taken in.', 'topology'),
  records_total: counter('Records taken in.', 'topology'),
  outcomes_total: counter(
    'What became of them: records, inputs, duplicate, misplaced, sink:<name>.',
    'topology',
    'outcome',
  ),
  rejected_total: counter('Violations of rejected records.', 'topology', 'violation'),
  takeovers_total: counter('Takings of a partition.', 'topology'),
  consumer_lag_messages: gauge('Offsets between the log end and what was taken in.', 'topology', 'partition'),
  consumer_lag_seconds: gauge('Age of the newest record taken in while behind; 0 when not.', 'topology', 'partition'),
  stream_time_seconds: gauge('Stream time of the partition, Unix seconds.', 'topology', 'partition'),
  cached_accounts: gauge('Accounts in memory.', 'topology', 'partition'),
  open_triggers: gauge('Open reasons over all accounts of a partition.', 'signal', 'reason', 'partition'),
  model_scores_total: counter('Scores of accounts by a model in force; again where a history is folded again.', 'model', 'version'), // prettier-ignore
  batch_records: histogram(RECORDS, 'Records of a batch.', 'topology'),
  commit_seconds: histogram(SECONDS, 'Time of the steps of a commit: redis, kafka, clickhouse.', 'topology', 'part'),
};
