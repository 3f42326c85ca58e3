import { formatTime, MODEL_KINDS, MODEL_SIGNALS, shortVersion } from '@milepost/contracts';
import type { ModelKind } from '@milepost/contracts';
import type { ModelsAnswer, ModelsQuery, Warning } from '@milepost/contracts/http';
import { FEATURE_NAMES, timesInForce, unusable, versionInForce } from '@milepost/onboarding';
import type { PublishedModel } from '@milepost/runtime';
import { notACursor } from '../asking/cursor.js';
import { are, counted, listed, number } from '../wording/figures.js';
import type { ModelsTold } from './models-log.js';

type Listed = ModelsAnswer['data']['models'][number];

/** What has been published, what it was judged by, and when it was in force. @throws ProblemException */
export function modelList(query: ModelsQuery, told: ModelsTold): ModelsAnswer {
  const kinds = query.kind ? [query.kind] : MODEL_KINDS;
  const all = told.models.filter(({ model }) => kinds.includes(model.kind)).reverse();
  const begin = query.cursor === undefined ? 0 : 1 + all.findIndex(({ model }) => model.version === query.cursor);
  if (query.cursor !== undefined && begin === 0) throw notACursor();
  const models = all.slice(begin, begin + query.limit).map((one) => rowOf(one, told));
  const newest = models[0];
  return {
    data: { models, next: begin + query.limit < all.length ? models.at(-1)!.version : null },
    method: {
      name: 'discrete-time hazard with normal priors, judged out of time',
      says: 'Each was judged once, on what came after its training, beside the share of the segment in training (baseBrier), and published because it beat it. Whether that still holds: /v1/models/{kind}/drift. In force by what operators activated, the newest first.', // prettier-ignore
    },
    sample: {
      accounts: newest?.judged.accounts ?? 0,
      leftOut: [],
      asOf: formatTime(told.readAt * 1000),
      scope: query.kind ? { kind: query.kind } : {},
    },
    events: { count: newest?.judged.events ?? 0, what: newest ? `${newest.foretells} that the first of these was judged on, as the sample` : 'outcomes' }, // prettier-ignore
    censoring: null,
    interval: newest ? { confidence: 0.95, kind: 'of calibration; rows taken for independent' } : null,
    warnings: doubts(kinds, told),
    sentence: sentenceOf(kinds, all, told),
  };
}

function rowOf({ model, publishedAt }: PublishedModel, { activations }: ModelsTold): Listed {
  const { version, kind, foretells, horizonDays, training, judged, threshold } = model;
  const times = timesInForce(activations, kind);
  return {
    version,
    kind,
    signal: MODEL_SIGNALS[kind],
    foretells,
    horizonDays,
    published: formatTime(publishedAt * 1000),
    training,
    judged,
    threshold,
    isInForce: times.at(-1)?.version === version,
    inForce: times.filter((one) => one.version === version).map(({ since, until }) => ({ since: formatTime(since), until: until === null ? null : formatTime(until) })), // prettier-ignore
    unusable: unusable(model, FEATURE_NAMES),
  };
}

function doubts(kinds: readonly ModelKind[], { models, refused, activations }: ModelsTold): Warning[] {
  const warnings = refused.map(({ offset, why }): Warning => ({ code: 'poor-data', text: `The record at offset ${offset} of onboarding.models is no model: ${why}. Somebody wrote there who should not.` })); // prettier-ignore
  for (const kind of kinds) {
    const version = versionInForce(activations, kind);
    if (version === null) continue;
    const found = models.find(({ model }) => model.version === version);
    const why = found ? unusable(found.model, FEATURE_NAMES) : 'onboarding.models does not hold it';
    if (why !== null) warnings.push({ code: 'poor-data', text: `${shortVersion(version)}, in force for ${kind}, can't be scored with: ${why}. Activate another one.` }); // prettier-ignore
  }
  return warnings;
}

function sentenceOf(kinds: readonly ModelKind[], all: readonly PublishedModel[], { activations }: ModelsTold): string {
  if (all.length === 0) return `No model${kinds.length === 1 ? ` of ${kinds[0]}` : ''} has been published: \`npx milepost models fit ${kinds[0]}\` fits one.`; // prettier-ignore
  const parts = kinds.map((kind) => {
    const now = timesInForce(activations, kind).at(-1);
    if (!now || now.version === null) return `none of ${kind}`;
    const judged = all.find(({ model }) => model.version === now.version)?.model.judged;
    const score = judged ? ` (Brier ${number(judged.brier, 3)} against ${number(judged.baseBrier, 3)} of the base rates)` : ''; // prettier-ignore
    return `${shortVersion(now.version)} of ${kind} since ${formatTime(now.since).slice(0, 10)}${score}`;
  });
  return `${counted(all.length, 'model')} ${are(all.length)} published; in force: ${listed(parts)}.`;
}
