import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createClickHouse, migrate } from '@milepost/clickhouse';
import { inDatabase } from '@milepost/clickhouse/testing';
import { MODELS_PARTITIONS, TOPIC_CONFIG, TOPICS } from '@milepost/contracts';
import type { Model } from '@milepost/contracts';
import { createTopics } from '@milepost/runtime';
import { simulateHistory } from '@milepost/simulator';
import { ConnectionsTo } from '../testing/connections-to.js';
import { eventRow } from '../testing/event-rows.js';
import type { DriftTold } from '../models/drift-text.js';
import { printed } from '../testing/printed.js';
import { activate, rollBack } from './activate.command.js';
import { compare, drift, fit, list, show } from './models.command.js';

const database = `models_${process.pid}`;
const server = createClickHouse(process.env['CLICKHOUSE_URL']!);
const client = inDatabase(server, database);

const connections = new ConnectionsTo(`${database}-`, client);
/** The stream ended here, and the wall clock went on. */
const endsAt = Date.UTC(2026, 5, 1) * 1000;

beforeAll(async () => {
  await migrate(client);
  const topics = [TOPICS.models, TOPICS.control].map((name) => ({ name: `${database}-${name}`, partitions: MODELS_PARTITIONS, config: TOPIC_CONFIG[name] })); // prettier-ignore
  await createTopics(connections.kafka(), topics, 1);
  const values = [...simulateHistory({ seed: 7, accounts: 400, days: 120, endsAt })].map(eventRow);
  await client.insert({ table: 'milepost.events', values, format: 'JSONEachRow', clickhouse_settings: { date_time_input_format: 'best_effort' } }); // prettier-ignore
});
afterAll(async () => {
  await server.command({ query: `DROP DATABASE IF EXISTS ${database} SYNC` });
  await server.close();
});
afterEach(() => (process.exitCode = undefined));

const asked = { foretells: null, alarmShare: 0.1, dryRun: false };

describe('milepost models', () => {
  let version = '';

  it('1. fits churn on the history, and publishes it, for it beats the base rate', async () => {
    const options = { ...asked, kind: 'churn', withinDays: 28, json: true } as const;
    const report = JSON.parse(await printed(() => fit(connections, options))) as { published: boolean; model: Model };
    expect(report.published).toBe(true);
    expect(report.model.judged.brier).toBeLessThan(report.model.judged.baseBrier);
    expect(process.exitCode).toBeUndefined();
    ({ version } = report.model);
    expect(await printed(() => show(connections, version.slice(0, 8), { json: false }))).toContain(version);
    expect(await printed(() => list(connections, { json: false }))).toMatch(
      new RegExp(`${version.slice(0, 12)} +churn`),
    );
  });

  it('2. refuses expansion, of which there is too little, with figures and an exit code, and publishes nothing', async () => {
    const options = { ...asked, kind: 'expansion', withinDays: 28, json: false } as const;
    const text = await printed(() => fit(connections, options));
    expect(text).toMatch(/^Not published\. subscription\.expanded came \d+ times in \d+ account-periods of training/);
    expect(process.exitCode).toBe(1);
    expect(JSON.parse(await printed(() => list(connections, { json: true })))).toHaveLength(1);
  });

  it('3. compares two on the same later outcomes, and will not compare what foretells other things', async () => {
    const run = (withinDays: number, alarmShare: number) => fit(connections, { ...asked, kind: 'churn', withinDays, alarmShare, json: true }); // prettier-ignore
    const other = (JSON.parse(await printed(() => run(28, 0.2))) as { model: Model }).model.version;
    const pair = JSON.parse(await printed(() => compare(connections, [version, other], { json: true }))) as { judged: Model['judged'] }[]; // prettier-ignore
    expect(pair.map(({ judged }) => judged.brier)[0]).toBe(pair[1]!.judged.brier);
    expect(pair[1]!.judged.atThreshold.alarms).toBeGreaterThan(pair[0]!.judged.atThreshold.alarms);
    const shorter = (JSON.parse(await printed(() => run(14, 0.1))) as { model: Model }).model.version;
    await expect(compare(connections, [version, shorter], { json: true })).rejects.toThrow('nothing to compare');
    await expect(show(connections, 'zzz', { json: true })).rejects.toThrow('There is no model zzz');
  });

  it('4. says whether inputs and calibration still are as in training', async () => {
    const text = await printed(() => drift(connections, version, { days: 28, json: false }));
    for (const input of ['tenure', 'idle', 'segment']) expect(text).toMatch(new RegExp(`${input} +\\d\\.\\d{3} +(steady|watch) +\\w`)); // prettier-ignore
    expect(text).toContain('Calibration: ');
    expect(process.exitCode).toBeUndefined();
    const told = JSON.parse(await printed(() => drift(connections, version, { days: 28, json: true }))) as DriftTold;
    expect(told.rows).toBeGreaterThan(100);
    expect(told).toMatchObject({ kind: 'churn', signal: 'at-risk', foretells: 'subscription.cancelled', horizonDays: 28, days: 28 }); // prettier-ignore
    expect(told.asOf).toMatch(/^2026-05-(30|31)T/);
    // Whoever reads has all of it: what the figures rest on, how they were made, and what speaks against them.
    const [first, rest] = [`${version.slice(0, 12)} (churn). ${told.sentence}`, `Accounts: ${told.accounts}, seen up to ${told.asOf.slice(0, 19)}Z; for ${told.undecided} of them`]; // prettier-ignore
    for (const said of [first, rest, told.method, ...told.warnings.map((one) => one.text), ...told.inputs.map(({ says }) => says)]) expect(text).toContain(said); // prettier-ignore
    expect(told.warnings[0]!.text).toContain('People act on scores');
  });

  it('4.1 observes to stream time: where the stream ended, no account is seen to be silent since', async () => {
    const { judged } = JSON.parse(await printed(() => show(connections, version, { json: true }))) as Model;
    const horizon = 28 * 86_400_000;
    expect(Date.parse(judged.until) + horizon).toBeLessThanOrEqual(endsAt / 1000);
    expect(Date.parse(judged.until) + 2 * horizon).toBeGreaterThan(endsAt / 1000);
  });

  it('5. activates, rolls back step by step to none, and says so in the list', async () => {
    const who = { reason: '', by: 'spec', json: true };
    const inForce = async () => (JSON.parse(await printed(() => list(connections, { json: true }))) as { model: Model; inForce: boolean }[]).flatMap((one) => one.inForce ? [one.model.version] : []); // prettier-ignore
    const models = JSON.parse(await printed(() => list(connections, { json: true }))) as { model: Model }[];
    const [one, two] = models.map(({ model }) => model.version) as [string, string];
    for (const next of [one, two]) {
      await printed(() => activate(connections, next, who));
      expect(await inForce()).toEqual([next]);
    }
    await expect(activate(connections, two, who)).rejects.toThrow('in force already');
    await printed(() => rollBack(connections, 'churn', who));
    expect(await inForce()).toEqual([one]);
    expect(await printed(() => rollBack(connections, 'churn', { ...who, json: false }))).toMatch(/^No model of churn is in force/); // prettier-ignore
    expect(await inForce()).toEqual([]);
    await expect(rollBack(connections, 'churn', who)).rejects.toThrow('No model of churn is in force');
  });
});
