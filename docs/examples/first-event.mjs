import { readFileSync } from 'node:fs';
import kafkajs from 'kafkajs';

const { brokers } = JSON.parse(readFileSync('.milepost/stack.json', 'utf8')).kafka;
const kafka = new kafkajs.Kafka({ clientId: 'first-event', brokers, logLevel: kafkajs.logLevel.ERROR });
const account = `acct_js_${Date.now()}`;

const consumer = kafka.consumer({ groupId: account });
await consumer.connect();
await consumer.subscribe({ topic: 'onboarding.signals.expansion-ready', fromBeginning: true });
await consumer.run({
  eachMessage: async ({ message }) => {
    if (message.key?.toString() !== account) return;
    const trigger = JSON.parse(message.value.toString());
    console.log(trigger.status, trigger.reasons.map(({ text }) => text));
    process.exit(0);
  },
});

const producer = kafka.producer();
await producer.connect();
const event = {
  specversion: '1.0', id: `${account}-1`, source: '//backend.example', type: 'plan.limit_reached',
  subject: account, time: new Date().toISOString(),
  data: { properties: { limit: 'seats' } },
};
await producer.send({
  topic: 'onboarding.events',
  messages: [{ key: account, value: JSON.stringify(event), headers: { 'content-type': 'application/cloudevents+json' } }],
});
