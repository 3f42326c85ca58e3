import type { Kafka, ProducerConfig } from 'kafkajs';

/** A coordinator that moved is found again after so long. */
const BELIEVED_MS = 1_000;

type Ask = (asked: { groupId: string; coordinatorType: number }) => Promise<unknown>;

/** What kafkajs keeps behind a symbol: a producer has a cluster of its own. */
interface Cluster {
  findGroupCoordinatorMetadata: Ask;
}
type ClusterFactory = (options: unknown) => Cluster;

/**
 * kafkajs asks who coordinates before each request of a transaction: four of nine requests, and half of the round trips
 * that a transaction waits for. Producers of this client believe an answer for a second. kafkajs has no setting for it;
 * where a version of it keeps its clusters elsewhere, its producers ask each time, and a test says so (ADR 12).
 *
 * @param now milliseconds
 */
export function withKnownCoordinators(kafka: Kafka, now = () => performance.now()): Kafka {
  const own = kafka as unknown as Record<symbol, ClusterFactory>;
  const createCluster = Object.getOwnPropertySymbols(kafka).find(({ description }) =>
    description?.endsWith('createCluster'),
  );
  if (!createCluster) return kafka;
  const plain = own[createCluster]!;
  const believing: ClusterFactory = (options) => {
    const cluster = plain(options);
    cluster.findGroupCoordinatorMetadata = believed(cluster.findGroupCoordinatorMetadata.bind(cluster), now);
    return cluster;
  };
  const producer = kafka.producer.bind(kafka);
  kafka.producer = (config?: ProducerConfig) => {
    own[createCluster] = believing;
    try {
      return producer(config);
    } finally {
      own[createCluster] = plain;
    }
  };
  return kafka;
}

function believed(ask: Ask, now: () => number): Ask {
  const known = new Map<string, { answer: Promise<unknown>; until: number }>();
  return (asked) => {
    const key = `${asked.coordinatorType}/${asked.groupId}`;
    const found = known.get(key);
    if (found && now() < found.until) return found.answer;
    const answer = ask(asked);
    known.set(key, { answer, until: now() + BELIEVED_MS });
    answer.catch(() => known.delete(key));
    return answer;
  };
}
