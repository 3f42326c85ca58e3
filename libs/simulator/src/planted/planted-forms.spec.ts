import { formatTime, DAY, journeyPageCodec, parseTime } from '@milepost/contracts';
import type { OnboardingEvent } from '@milepost/contracts';
import { milestonesTopology } from '@milepost/onboarding';
import { compileUnplannedCounter, compileValidator } from '@milepost/plan';
import { samplePlan } from '@milepost/plan/testing';
import { TopologyDriver } from '@milepost/stream/testing';
import { describe, expect, it } from '@jest/globals';
import { toCloudEvent } from '../cloud-event.js';
import { byAccount } from '../testing/account-history.js';
import { plantedAccounts } from './planted-accounts.js';
import { plantedChunks } from './planted-chunks.js';
import { plantedCompany } from './planted-company.js';
import { chunkEvents, plantedRows, PLANTED_ROW_COLUMNS } from './planted-rows.js';
import { simulatePlanted } from './simulate-planted.js';

const plan = samplePlan();
const ACCOUNTS = 60;
const EPOCH = parseTime('2025-01-01T00:00:00Z')! + 12_345_678;
const company = plantedCompany({ seed: 3, hidden: 0.5 });
const run = { company, seed: 3, accounts: ACCOUNTS, epoch: EPOCH };
const events = [...simulatePlanted(run)];
const columns = plantedAccounts({ company, seed: 3, until: ACCOUNTS, habit: true, epoch: EPOCH });
const inBulk = (size: number, from = 0, until = ACCOUNTS): OnboardingEvent[] =>
  [...plantedChunks(run, { size, from, until })].flatMap((chunk) => [...chunkEvents(run, chunk)]);

describe('1. The form for Kafka', () => {
  it('1.1 goes in event-time order, equal times by source, then id, each id once', () => {
    const place = ({ occurredAt, source, id }: OnboardingEvent): string => `${occurredAt} ${source} ${id}`;
    const places = events.map(place);
    expect(places).toEqual([...places].sort());
    expect(new Set(events.map(({ source, id }) => `${source} ${id}`)).size).toBe(events.length);
  });

  it('1.2 keeps to the tracking plan', () => {
    const violationsOf = compileValidator(plan);
    const unplanned = compileUnplannedCounter(plan);
    expect(events.filter((event) => violationsOf(event).length > 0 || unplanned(event) > 0)).toEqual([]);
  });

  it('1.3 begins each account once, and ends it with its leaving if it leaves', () => {
    const accounts = byAccount(events);
    expect(accounts.size).toBe(ACCOUNTS);
    for (let i = 0; i < columns.count; i++) {
      const own = accounts.get(`planted_${i + 1}`)!;
      expect(own.filter(({ type }) => type === 'account.created')).toEqual([own[0]]);
      expect(own.some(({ type }) => type === 'subscription.cancelled')).toBe(columns.churned[i] === 1);
      if (columns.churned[i]) expect(own.at(-1)!.type).toBe('subscription.cancelled');
      expect(own.at(-1)!.occurredAt).toBeLessThanOrEqual(EPOCH + company.observedDays * DAY);
    }
  });

  it('1.4 makes the milestones of the sample plan come out as planted, to the microsecond', () => {
    const driver = new TopologyDriver(milestonesTopology(plan));
    const headers = { 'content-type': Buffer.from('application/cloudevents+json') };
    driver.send(
      events.map((event) => ({
        key: event.accountId,
        value: Buffer.from(JSON.stringify(toCloudEvent(event))),
        timestamp: event.occurredAt,
        headers,
      })),
    );
    const found = new Map<string, Map<string, number | null>>();
    let facts = 0;
    for (const { topic, value } of driver.outputs) {
      expect(topic).toBe('onboarding.journey');
      for (const { event, changes } of journeyPageCodec.decodeOwn(value!, 'A page').facts) {
        facts++;
        const own = found.get(event.accountId) ?? new Map<string, number | null>();
        for (const { milestone, at } of changes) own.set(milestone, at);
        found.set(event.accountId, own);
      }
    }
    expect(facts).toBe(events.length);
    const planted = {
      'setup-complete': columns.setupComplete,
      'first-value': columns.firstValue,
      'team-adoption': columns.teamAdoption,
      'integration-depth': columns.integrationDepth,
      habit: columns.habit,
    };
    for (const [milestone, times] of Object.entries(planted)) {
      expect([...times].filter((at) => at < Infinity).length).toBeGreaterThan(20);
      for (let i = 0; i < columns.count; i++) {
        const signup = Math.floor(EPOCH + columns.signup[i]! * DAY);
        const at = times[i] === Infinity ? undefined : signup + Math.floor(times[i]! * DAY);
        expect(found.get(`planted_${i + 1}`)!.get(milestone)).toBe(at);
      }
    }
  });
});

describe('2. The bulk form', () => {
  it('2.1 tells the same lives, whatever the chunks', () => {
    const inOrder = byAccount(events);
    const expected = Array.from({ length: ACCOUNTS }, (_, i) => inOrder.get(`planted_${i + 1}`)!);
    for (const size of [1, 97, 100_000]) {
      const bulk = [...byAccount(inBulk(size)).values()];
      // Two moments of one microsecond may stand either way.
      const sorted = (list: OnboardingEvent[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(bulk.map(sorted)).toEqual(expected.map(sorted));
    }
  });

  it('2.2 holds the smaller company unchanged in the larger, and can be made in parts', () => {
    const larger = byAccount([...simulatePlanted({ ...run, accounts: 100 })]);
    expect([...larger.keys()].length).toBe(100);
    for (const [account, own] of byAccount(events)) expect(larger.get(account)).toEqual(own);
    expect([...inBulk(50, 0, 25), ...inBulk(50, 25, ACCOUNTS)]).toEqual(inBulk(1000));
    const part = plantedAccounts({ company, seed: 3, from: 25, until: ACCOUNTS });
    expect([...part.ends]).toEqual([...columns.ends.subarray(25)]);
  });

  it('2.3 gives rows with a value for each column', () => {
    const rows = [...plantedRows(run, { until: 20, size: 100 })].flat();
    expect(rows.every((row) => row.length === PLANTED_ROW_COLUMNS.length)).toBe(true);
    const [first] = inBulk(100, 0, 1);
    const row = Object.fromEntries(PLANTED_ROW_COLUMNS.map((name, i) => [name, rows[0]![i]]));
    expect(row).toMatchObject({
      account_id: 'planted_1',
      type: 'account.created',
      event_id: first!.id,
      occurred_at: formatTime(first!.occurredAt).slice(0, -1).replace('T', ' '),
      company_size: columns.companySize[0],
      properties: '{"trial":true}',
    });
  });

  it('2.4 keeps no more than a chunk, and another seed is another company', () => {
    const sizes = [...plantedChunks(run, { size: 500 })].map((chunk) => chunk.at.length);
    expect(new Set(sizes)).toEqual(new Set([500]));
    const other = [...simulatePlanted({ ...run, seed: 4 })];
    const ids = new Set(events.map(({ id }) => id));
    expect(other.filter(({ id }) => ids.has(id))).toEqual([]);
  });
});
