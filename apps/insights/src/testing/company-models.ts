import { accountHistories } from '@milepost/clickhouse';
import type { ClickHouseClient } from '@milepost/clickhouse';
import { formatTime, MODELS_PARTITIONS, TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { Model, ModelBody, ModelKind } from '@milepost/contracts';
import { fitModel, historySamples } from '@milepost/onboarding/learning';
import type { Plan } from '@milepost/plan';
import { createTopics, publishModel, writeControl } from '@milepost/runtime';
import type { companyApi } from './company-api.js';

type Api = Pick<ReturnType<typeof companyApi>, 'client' | 'plan' | 'kafka' | 'topicPrefix'>;

export const makeTopics = ({ kafka, topicPrefix }: Api): Promise<string[]> =>
  createTopics(
    kafka,
    [TOPICS.models, TOPICS.control].map((name) => ({ name: topicPrefix + name, partitions: MODELS_PARTITIONS, config: TOPIC_CONFIG[name] })), // prettier-ignore
    1,
  );

/** A model of churn, fitted on the company as the command line fits it. */
export async function fitChurn(client: ClickHouseClient, plan: Plan, alarmShare: number): Promise<ModelBody> {
  const question = { plan, kind: 'churn', foretells: plan.lifecycle.end, horizonDays: 28, alarmShare } as const;
  const answer = fitModel(question, await historySamples(question, accountHistories(client)));
  if (answer.kind === 'beats-base') return answer.model;
  throw new Error(`${answer.why} ${JSON.stringify(answer.judged)}`);
}

export const publish = ({ kafka, topicPrefix }: Api, model: ModelBody): Promise<Model> =>
  publishModel(kafka, topicPrefix + TOPICS.models, model);

/** `at`: milliseconds since the epoch. */
export const activate = (
  { kafka, topicPrefix }: Api,
  kind: ModelKind,
  version: string | null,
  at: number,
): Promise<number> =>
  writeControl(kafka, topicPrefix, `model/${kind}`, { kind: 'activate-model', id: `${at}`, model: kind, version, reason: '', by: 'spec', at: formatTime(at * 1000) }); // prettier-ignore

/** Both topics, with a model that is in force. */
export async function companyModels(api: Api): Promise<Model> {
  await makeTopics(api);
  const model = await publish(api, await fitChurn(api.client, api.plan, 0.1));
  await activate(api, 'churn', model.version, Date.now());
  return model;
}
