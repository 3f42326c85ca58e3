import { connect } from 'node:net';
import { Kafka } from 'kafkajs';
import { quietKafka } from '../quiet-kafka.js';

/**
 * Resolves when the brokers are listed and the coordinators of groups and of transactions answer: only then does
 * an exactly-once client start without errors. A first start makes their internal topics here.
 */
export async function kafkaAnswers(brokers: string[]): Promise<void> {
  // A closed port is told apart at once; kafkajs would wait for its own retries.
  await openPort(brokers[0]!);
  const kafka = new Kafka({
    brokers,
    clientId: 'milepost-stack',
    logCreator: quietKafka(),
    connectionTimeout: 2_000,
    retry: { initialRetryTime: 50, maxRetryTime: 500, retries: 5 },
  });
  const admin = kafka.admin();
  const producer = kafka.producer({ transactionalId: 'milepost-stack-ready', maxInFlightRequests: 1 });
  try {
    await admin.connect();
    const cluster = await admin.describeCluster();
    if (cluster.brokers.length === 0) throw new Error('no broker has registered yet');
    await admin.fetchOffsets({ groupId: 'milepost-stack-ready' });
    await producer.connect();
    const transaction = await producer.transaction();
    await transaction.abort();
  } finally {
    await Promise.allSettled([admin.disconnect(), producer.disconnect()]);
  }
}

function openPort(broker: string): Promise<void> {
  const [host, port] = broker.split(':');
  return new Promise((done, fail) => {
    const socket = connect(Number(port), host!, () => {
      socket.destroy();
      done();
    });
    socket.once('error', fail);
  });
}
