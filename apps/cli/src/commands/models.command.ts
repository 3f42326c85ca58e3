import { historySize } from '@milepost/clickhouse';
import { shortVersion } from '@milepost/contracts';
import type { Model, ModelKind } from '@milepost/contracts';
import { FEATURE_NAMES, unusable, versionInForce } from '@milepost/onboarding';
import type { Sample } from '@milepost/onboarding';
import { compareModels, driftReport, fitModel, historySamples } from '@milepost/onboarding/learning';
import type { FitQuestion } from '@milepost/onboarding/learning';
import { publishModel } from '@milepost/runtime';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { histories } from '../histories.js';
import { driftText, driftTold } from '../models/drift-text.js';
import { judgementText, modelTable, modelText } from '../models/model-text.js';
import { activations, findModel, modelsTopic, publishedModels } from '../models/published-models.js';
import { print } from '../output.js';
import type { Output } from '../output.js';

export interface FitOptions extends Output {
  kind: ModelKind;
  /** Event type; null: what the plan says ends an account, or an expansion. */
  foretells: string | null;
  withinDays: number;
  alarmShare: number;
  dryRun: boolean;
}

const EXPANSION = 'subscription.expanded';

/** Fits a model on the history, judges it on what came after, and publishes it only if it beats the base rate. */
export async function fit(connections: Connections, options: FitOptions): Promise<void> {
  const { plan } = connections;
  const foretells = options.foretells ?? (options.kind === 'churn' ? plan.lifecycle.end : EXPANSION);
  if (!plan.events[foretells]) throw new UsageError(`The plan has no event ${foretells}: say which with --foretells.`);
  const { kind, withinDays: horizonDays, alarmShare } = options;
  if (horizonDays === 0 || horizonDays % 7 !== 0)
    throw new UsageError('--within wants a whole number of weeks, in days.');
  const question: FitQuestion = { plan, kind, foretells, horizonDays, alarmShare };
  const answer = fitModel(question, await historySamples(question, histories(connections)));
  if (answer.kind === 'refused') {
    process.exitCode = 1;
    const { why, judged } = answer;
    const text = `Not published. ${why}${judged ? `\n${judgementText(judged)}` : ''}`;
    return print(options, { published: false, why, judged }, () => text);
  }
  if (options.dryRun) {
    return print(options, { published: false, model: answer.model }, () => `Not published, as asked.\n${modelText(answer.model)}`); // prettier-ignore
  }
  const model = await publishModel(connections.kafka(), modelsTopic(connections), answer.model);
  print(options, { published: true, model }, () => `Published. No account is scored with it before it is activated.\n${modelText(model)}`); // prettier-ignore
}

export async function list(connections: Connections, options: Output): Promise<void> {
  const { models } = await publishedModels(connections);
  const activated = await activations(connections);
  const rows = models.map((one) => ({
    ...one,
    inForce: versionInForce(activated, one.model.kind) === one.model.version,
  }));
  print(options, rows, () =>
    rows.length === 0 ? 'No model has been published: `milepost models fit churn`.' : modelTable(rows),
  );
}

export async function show(connections: Connections, version: string, options: Output): Promise<void> {
  const model = findModel(await publishedModels(connections), version);
  print(options, model, () => modelText(model));
}

/** Two models on the same account-periods: those that came after the training of both. */
export async function compare(connections: Connections, versions: [string, string], options: Output): Promise<void> {
  const published = await publishedModels(connections);
  const [first, second] = [findModel(published, versions[0]), findModel(published, versions[1])];
  if (first.foretells !== second.foretells || first.horizonDays !== second.horizonDays)
    throw new UsageError('The two foretell different things, or within different times: there is nothing to compare.');
  const judgements = compareModels([first, second], await samplesFor(connections, first, second));
  print(options, judgements, () =>
    judgements
      .map(({ version, judged, whyNot }) => `${shortVersion(version)}\n${judged ? judgementText(judged) : whyNot}`)
      .join('\n\n'),
  );
}

/** Whether accounts and outcomes of late are still such as a model was fitted on. Exit code 1: they are not. */
export async function drift(
  connections: Connections,
  version: string,
  options: Output & { days: number },
): Promise<void> {
  const model = findModel(await publishedModels(connections), version);
  const report = driftReport(model, await samplesFor(connections, model), options.days);
  if (report.level === 'drifted') process.exitCode = 1;
  const { asOf } = await historySize(connections.clickhouse());
  const told = driftTold(report, asOf);
  print(options, told, () => driftText(told));
}

/** For models that foretell the same. @throws UsageError where this build makes other inputs than one of them has */
async function samplesFor(connections: Connections, ...models: [Model, ...Model[]]): Promise<Sample[]> {
  for (const model of models) {
    const why = unusable(model, FEATURE_NAMES);
    if (why !== null) throw new UsageError(`${shortVersion(model.version)} can't be held to accounts: ${why}.`);
  }
  const { foretells, horizonDays } = models[0];
  return historySamples({ plan: connections.plan, foretells, horizonDays }, histories(connections));
}
