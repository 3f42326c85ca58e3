import { formatTime, MODEL_KINDS, shortVersion } from '@milepost/contracts';
import type { Micros, Model, ModelKind } from '@milepost/contracts';
import type { ModelDriftAnswer, ModelDriftQuery } from '@milepost/contracts/http';
import { FEATURE_NAMES, unusable, versionInForce } from '@milepost/onboarding';
import { driftDoubts, driftMethod, driftReport, driftSentence, historySamples } from '@milepost/onboarding/learning';
import type { DriftReport } from '@milepost/onboarding/learning';
import type { Plan } from '@milepost/plan';
import { ProblemException } from '@milepost/platform';
import { checkKnown } from '../insights/scoped-accounts.js';
import type { HistoryReplays } from '../replays/history-replays.js';
import type { ModelsLog, ModelsTold } from './models-log.js';

export interface ModelDriftParts {
  log: ModelsLog;
  replays: HistoryReplays;
  plan: Plan;
}

/** `milepost models drift` for those who have no shell. @throws ProblemException */
export async function modelDrift(
  { log, replays, plan }: ModelDriftParts,
  kind: string,
  query: ModelDriftQuery,
): Promise<ModelDriftAnswer> {
  checkKnown('kind', kind, MODEL_KINDS);
  const model = modelAsked(await log.read(), kind as ModelKind, query.version);
  const { foretells, horizonDays } = model;
  checkKnown('foretells', foretells, Object.keys(plan.events));
  return replays.run(`npx milepost models drift ${shortVersion(model.version)}`, async (histories, { asOf }) => {
    const samples = await historySamples({ plan, foretells, horizonDays }, histories);
    return answerOf(driftReport(model, samples, query.days), asOf);
  });
}

function modelAsked({ models, activations }: ModelsTold, kind: ModelKind, beginning: string | undefined): Model {
  const wanted = beginning ?? versionInForce(activations, kind);
  if (wanted === null) throw new ProblemException('no-such-model', `No model of ${kind} is in force: give the version of one (GET /v1/models?kind=${kind}), or activate one with \`npx milepost models activate\`.`); // prettier-ignore
  const found = models.filter(({ model }) => model.kind === kind && model.version.startsWith(wanted));
  if (found.length > 1) throw new ProblemException('unknown-value', `${wanted} is the beginning of ${found.length} versions: give more of it.`, { errors: [{ parameter: 'version', detail: 'not the beginning of one version alone' }] }); // prettier-ignore
  const model = found[0]?.model;
  if (!model) throw new ProblemException('no-such-model', `There is no model of ${kind} whose version begins with ${wanted}: GET /v1/models?kind=${kind} lists all.`); // prettier-ignore
  const why = unusable(model, FEATURE_NAMES);
  if (why !== null) throw new ProblemException('not-estimable', `${shortVersion(model.version)} can't be held to accounts: ${why}. Fit another one.`); // prettier-ignore
  return model;
}

/** `asOf`: stream time of the partition furthest behind. */
function answerOf(report: DriftReport, asOf: Micros): ModelDriftAnswer {
  const {
    version,
    kind,
    signal,
    foretells,
    horizonDays,
    days,
    rows,
    accounts,
    undecided,
    inputs,
    segments,
    judged,
    whyNot,
    calibration,
    level,
  } = report;
  return {
    data: {
      version,
      kind,
      signal,
      foretells,
      horizonDays,
      days,
      level,
      accountPeriods: rows,
      inputs: inputs.map(({ input, says, index, level: own }) => ({ input, says, index, level: own })),
      segments: { index: segments.index, level: segments.level },
      calibration: { level: calibration, judged, whyNot },
    },
    method: {
      name: 'population stability index by input; calibration of later outcomes',
      says: driftMethod(report),
    },
    sample: { accounts, leftOut: [], asOf: formatTime(asOf), scope: { version } },
    events: { count: judged?.events ?? 0, what: `${foretells} within ${horizonDays} days, of the outcomes that came due and were judged` }, // prettier-ignore
    censoring: { accounts: undecided, rule: `${horizonDays} days had not passed since: they count for inputs, not for calibration.` }, // prettier-ignore
    interval: judged ? { confidence: 0.95, kind: 'of calibration; rows taken for independent, which errs towards an alarm' } : null, // prettier-ignore
    warnings: driftDoubts(report),
    sentence: `${shortVersion(version)} (${kind}). ${driftSentence(report)}`,
  };
}
