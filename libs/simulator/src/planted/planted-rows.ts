import type { OnboardingEvent } from '@milepost/contracts';
import type { Moments } from './moments.js';
import { plantedChunks } from './planted-chunks.js';
import type { ChunkOptions } from './planted-chunks.js';
import { PlantedEvents } from './planted-event.js';
import { plantedLife } from './planted-life.js';
import type { PlantedRun } from './simulate-planted.js';
import { TimeText } from './time-text.js';

/** The columns of `milepost.events` that an event itself fills. */
export const PLANTED_ROW_COLUMNS = [
  'account_id',
  'type',
  'source',
  'event_id',
  'occurred_at',
  'outcome',
  'user_id',
  'product_line',
  'plan_tier',
  'company_size',
  'industry',
  'region',
  'acquisition_channel',
  'properties',
] as const;
export type PlantedRow = (string | number | null)[];

/** The events of a chunk, as Kafka would carry them. A chunk holds an account's moments together. */
export function* chunkEvents(run: PlantedRun, chunk: Moments): Generator<OnboardingEvent, void, undefined> {
  const { company, seed, prefix = 'planted' } = run;
  let account = -1;
  let events: PlantedEvents | null = null;
  for (let i = 0; i < chunk.count; i++) {
    if (events === null || chunk.account[i] !== account) {
      account = chunk.account[i]!;
      events = new PlantedEvents(company, plantedLife(company, seed, account), seed, prefix);
    }
    yield events.eventAt(chunk, i);
  }
}

/** Rows for ClickHouse in chunks, values in the order of PLANTED_ROW_COLUMNS; times are text, as JSONCompactEachRow takes them. */
export function* plantedRows(run: PlantedRun, options: ChunkOptions = {}): Generator<PlantedRow[], void, undefined> {
  const times = new TimeText();
  for (const chunk of plantedChunks(run, options)) {
    const rows: PlantedRow[] = [];
    for (const event of chunkEvents(run, chunk)) rows.push(rowOf(event, times));
    yield rows;
  }
}

function rowOf(event: OnboardingEvent, times: TimeText): PlantedRow {
  const { context } = event;
  return [
    event.accountId,
    event.type,
    event.source,
    event.id,
    times.of(event.occurredAt),
    event.outcome,
    event.userId ?? '',
    event.productLine ?? '',
    context?.planTier ?? '',
    context?.companySize ?? null,
    context?.industry ?? '',
    context?.region ?? '',
    context?.acquisitionChannel ?? '',
    JSON.stringify(event.properties),
  ];
}
