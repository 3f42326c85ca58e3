import type { ClickHouseClient } from '@milepost/clickhouse';
import { journeyPageCodec, PARTITIONS } from '@milepost/contracts';
import type { Micros, OnboardingEvent } from '@milepost/contracts';
import { milestonesTopology } from '@milepost/onboarding';
import type { Plan } from '@milepost/plan';
import { simulateHistory, toCloudEvent } from '@milepost/simulator';
import type { LogRecord } from '@milepost/stream';
import { TopologyDriver } from '@milepost/stream/testing';
import { journeyTables } from './journey-tables.js';

export const END: Micros = Date.UTC(2026, 5, 1) * 1000;
const JOURNEY = 'onboarding.journey';

export const numberOf = (account: string): number => Number(account.replace(/\D/g, ''));
export const isContract = ({ type }: OnboardingEvent): boolean => type.startsWith('subscription.');

/** What the company tells instead of an event of the simulated one: another, several, or nothing. */
export type Told = (event: OnboardingEvent) => OnboardingEvent | readonly OnboardingEvent[];

/** The journey of the sample company as the milestones service writes it, with stream time at its end; `told` may alter its events. */
export function sampleJourney(
  plan: Plan,
  options: { accounts: number; days: number; seed?: number },
  told?: Told,
): LogRecord[] {
  const driver = new TopologyDriver(milestonesTopology(plan));
  const batch: { key: string; value: Buffer; timestamp: Micros }[] = [];
  const simulated = [...simulateHistory({ seed: 7, ...options, endsAt: END })];
  const events = told ? simulated.flatMap(told).sort((a, b) => a.occurredAt - b.occurredAt) : simulated;
  for (const event of events) {
    const value = Buffer.from(JSON.stringify(toCloudEvent(event)));
    batch.push({ key: event.accountId, value, timestamp: event.occurredAt });
    if (batch.length === 2_000) driver.send(batch.splice(0));
  }
  driver.send(batch);
  const clock = journeyPageCodec.encode({ planVersion: plan.version, facts: [], clock: END });
  const offsets = new Map<number, number>();
  const record = (partition: number, value: Buffer, timestamp: Micros): LogRecord => {
    const offset = offsets.get(partition) ?? 0;
    offsets.set(partition, offset + 1);
    return { topic: JOURNEY, partition, offset, timestamp, key: null, value, headers: {} };
  };
  const pages = driver.outputs.filter(({ topic }) => topic === JOURNEY);
  return [
    ...pages.map(({ partition, value }) => record(partition!, value!, END)),
    ...Array.from({ length: PARTITIONS }, (_, partition) => record(partition, clock, END)),
  ];
}

/** Writes it as the warehouse does: for each partition one block a table, under a token. */
export async function writeJourney(client: ClickHouseClient, records: readonly LogRecord[]): Promise<void> {
  for (let partition = 0; partition < PARTITIONS; partition++) {
    const own = records.filter((one) => one.partition === partition);
    for (const [table, values] of Object.entries(journeyTables(own))) {
      const token = `${table}/${partition}/${own.length}`;
      const settings = { insert_deduplication_token: token, async_insert: 0, date_time_input_format: 'best_effort' } as const; // prettier-ignore
      if (values.length === 0) continue;
      await client.insert({ table: `milepost.${table}`, values, format: 'JSONEachRow', clickhouse_settings: settings });
    }
  }
}
