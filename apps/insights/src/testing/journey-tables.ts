import { formatTime, journeyPageCodec } from '@milepost/contracts';
import type { LogRecord } from '@milepost/stream';

type Row = Record<string, unknown>;

/** Pages of the journey as rows of ClickHouse: what the warehouse makes of them, told once more for tests. */
export function journeyTables(records: readonly LogRecord[]): Record<'events' | 'milestones' | 'stream_time', Row[]> {
  const tables = { events: [] as Row[], milestones: [] as Row[], stream_time: [] as Row[] };
  for (const { partition, offset, value } of records) {
    const page = journeyPageCodec.decodeOwn(value!, `Page ${partition}/${offset}`);
    const place = { source_partition: partition, journey_offset: offset };
    page.facts.forEach(({ event, receivedAt, sourceOffset, changes }, index) => {
      const { context } = event;
      const common = { account_id: event.accountId, event_id: event.id, received_at: formatTime(receivedAt), journey_index: index, ...place }; // prettier-ignore
      tables.events.push({
        ...common,
        type: event.type,
        source: event.source,
        occurred_at: formatTime(event.occurredAt),
        outcome: event.outcome,
        user_id: event.userId ?? '',
        product_line: event.productLine ?? '',
        plan_tier: context?.planTier ?? '',
        company_size: context?.companySize ?? null,
        industry: context?.industry ?? '',
        region: context?.region ?? '',
        acquisition_channel: context?.acquisitionChannel ?? '',
        properties: JSON.stringify(event.properties),
        plan_version: page.planVersion,
        source_offset: sourceOffset,
      });
      changes.forEach(({ milestone, at, previous }, change) => {
        const [reached_at, before] = [at, previous].map((time) => (time === null ? null : formatTime(time)));
        tables.milestones.push({ ...common, milestone, reached_at, previous: before, event_source: event.source, change_index: change }); // prettier-ignore
      });
    });
    if (page.clock !== null) tables.stream_time.push({ ...place, clock: formatTime(page.clock) });
  }
  return tables;
}
