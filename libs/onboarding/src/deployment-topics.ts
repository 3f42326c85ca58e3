import { TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { Plan } from '@milepost/plan';
import { signalTopic } from './signals/signals.topology.js';

/** Every topic that a deployment of the plan needs, with the settings that correctness rests on. */
export function deploymentTopics(plan: Plan): { name: string; config: Record<string, string> }[] {
  const fixed = [TOPICS.events, TOPICS.journey, TOPICS.rejected].map((name) => ({ name, config: TOPIC_CONFIG[name] }));
  const signals = plan.signals.map(({ name }) => ({ name: signalTopic(name), config: TOPIC_CONFIG[TOPICS.atRisk] }));
  return [...fixed, ...signals];
}
