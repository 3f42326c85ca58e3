// Rows into ClickHouse: the warehouse service, exactly once, beside a bare client that inserts the same rows.
import { createRequire } from 'node:module';
import { PARTITIONS } from '../../libs/contracts/dist/index.js';
import { freePort } from '../../libs/stack/dist/index.js';
import { Pace } from './kafka.mjs';
import { Service, sleep } from './service.mjs';

const { createClient } = createRequire(new URL('../../libs/clickhouse/package.json', import.meta.url))(
  '@clickhouse/client',
);
const FORMAT = 'JSONCompactEachRow';
const TABLE = 'milepost.events';
const DATABASE = 'milepost';
const COPY = `${DATABASE}.bench_events`;

async function ask(client, query) {
  return (await client.query({ query, format: FORMAT })).json();
}

/** Runs instances until `total` events are there. Rows a second after the warm-up, CPU, rows of the usual block. */
async function throughWarehouse(client, { addresses, name, total, warmUp, profile, instances = 1 }) {
  const ports = await Promise.all(Array.from({ length: instances }, freePort));
  const services = ports.map(
    (port) => new Service('warehouse', addresses, name, { settings: { PORT: String(port) }, profile }),
  );
  const cpu = () => services.reduce((sum, { cpuSeconds }) => sum + (cpuSeconds ?? NaN), 0);
  const pace = new Pace(total, warmUp);
  let before = 0;
  try {
    for (;;) {
      const [[rows]] = await ask(client, `SELECT count() FROM ${TABLE}`);
      if (pace.at(Number(rows))) break;
      if (pace.began > 0) before ||= cpu();
      for (const one of services) one.requireRunning();
      await sleep(50);
    }
    const cpuPerMillion = ((cpu() - before) * 1e6) / (pace.seen - pace.first);
    const batches = await Promise.all(ports.map(batchesOf));
    const block = Math.round(pace.seen / batches.reduce((sum, one) => sum + one, 0));
    return { perSecond: pace.perSecond, cpuPerMillion, block };
  } finally {
    await Promise.all(services.map((one) => one.stop()));
  }
}

async function batchesOf(port) {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/batches_total\{[^}]*\} (\d+)/.exec(metrics)?.[1] ?? 0);
}

/** Copies of the views on the events, and of what they write to. Returns the names, views first. */
async function copyViews(client) {
  const views = await ask(
    client,
    `SELECT name, create_table_query FROM system.tables WHERE database = '${DATABASE}' AND engine = 'MaterializedView'`,
  );
  const tables = [];
  for (const [name, query] of views) {
    const [, target] = new RegExp(` TO ${DATABASE}\\.(\\w+)`).exec(query);
    const copied = query
      .replace(`${DATABASE}.${name}`, `${DATABASE}.bench_${name}`)
      .replace(` TO ${DATABASE}.${target}`, ` TO ${DATABASE}.bench_${target}`)
      .replaceAll(`FROM ${TABLE}`, `FROM ${COPY}`);
    await client.command({ query: `CREATE TABLE ${DATABASE}.bench_${target} AS ${DATABASE}.${target}` });
    await client.command({ query: copied });
    tables.push(`${DATABASE}.bench_${target}`);
  }
  return [...views.map(([name]) => `${DATABASE}.bench_${name}`), ...tables];
}

/** As many inserts at a time as the service has partitions, as large as its own usually are; with the views or without. */
async function insertBare(client, { rows, block, warmUp, views }) {
  await client.command({ query: `CREATE TABLE ${COPY} AS ${TABLE}` });
  const copies = views ? await copyViews(client) : [];
  const blocks = [];
  for (let i = 0; i < rows.length; i += block) blocks.push(rows.slice(i, i + block));
  const pace = new Pace(rows.length, warmUp);
  const insert = async () => {
    for (let values = blocks.shift(); values; values = blocks.shift()) {
      await client.insert({ table: COPY, values, format: FORMAT, clickhouse_settings: { async_insert: 0 } });
      pace.at(pace.seen + values.length);
    }
  };
  await Promise.all(Array.from({ length: PARTITIONS }, insert));
  for (const name of [...copies, COPY]) await client.command({ query: `DROP TABLE ${name}` });
  return pace.perSecond;
}

export async function warehouse({ addresses, name, total, warmUp, profile }) {
  const client = createClient({ url: addresses.clickhouse.url });
  try {
    const service = await throughWarehouse(client, { addresses, name, total, warmUp, profile });
    const rows = await ask(client, `SELECT * FROM ${TABLE} LIMIT 200000`);
    const load = { rows, block: service.block, warmUp: rows.length / 10 };
    const bare = await insertBare(client, { ...load, views: false });
    const bareWithViews = await insertBare(client, { ...load, views: true });
    return { ...service, bare, bareWithViews };
  } finally {
    await client.close();
  }
}

/** Rows a second of two instances, into the tables emptied: the rows of two deployments would replace each other. */
export async function twoWarehouses(options) {
  const client = createClient({ url: options.addresses.clickhouse.url });
  try {
    const tables = await ask(
      client,
      `SELECT name FROM system.tables WHERE database = '${DATABASE}' AND engine LIKE '%MergeTree'`,
    );
    for (const [table] of tables) await client.command({ query: `TRUNCATE TABLE ${DATABASE}.${table}` });
    return await throughWarehouse(client, { ...options, instances: 2 });
  } finally {
    await client.close();
  }
}
