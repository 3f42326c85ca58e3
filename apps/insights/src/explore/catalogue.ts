import { DIMENSIONS } from '@milepost/contracts/http';
import type { CatalogueAnswer, Dimension } from '@milepost/contracts/http';
import { formatTime } from '@milepost/contracts';
import type { Insights } from '../insights/insights.js';
import { measuresOf } from './measures.js';

const MEANING: Readonly<Record<Dimension, string>> = {
  all: 'Everyone.',
  segment: 'The segment of the tracking plan, by the size known at signup.',
  cohort: 'The month of signup.',
  channel: 'The acquisition channel.',
  industry: 'The industry.',
  region: 'The region.',
  planTier: 'The plan tier at signup.',
  productLine: 'The first product line used; not known at signup.',
};

/** What may be combined, and nothing else. */
export function catalogue({ plan, snapshot }: Insights): Promise<CatalogueAnswer> {
  const measures = measuresOf(plan).map(({ name, description, unit }) => ({ name, description, unit }));
  return Promise.resolve({
    data: { measures, dimensions: DIMENSIONS.map((name) => ({ name, description: MEANING[name] })) },
    method: { name: 'catalogue', says: 'Every measure has one definition, the same in every answer.' },
    sample: { accounts: snapshot.accounts, leftOut: [], asOf: formatTime(snapshot.asOf), scope: {} },
    events: { count: 0, what: 'events: a catalogue counts none' },
    censoring: null,
    interval: null,
    warnings: [],
    sentence: `${measures.length} measures may be combined with up to two of ${DIMENSIONS.length} dimensions.`,
  });
}
