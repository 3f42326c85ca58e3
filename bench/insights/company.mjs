// The planted company of any size, in the tables as the services would have left them.
import { DAY, formatTime, PARTITIONS } from '../../libs/contracts/dist/index.js';
import { plantedAccounts, plantedCompany, PLANTED_ROW_COLUMNS, plantedRows } from '../../libs/simulator/dist/index.js';

const SEED = 7;
const EPOCH = Date.UTC(2025, 0, 1) * 1000;
/** Accounts of a part: memory holds one part's rows, whatever the size of the company. */
const PART = 4_000;
const MILESTONES = {
  'setup-complete': 'setupComplete',
  'first-value': 'firstValue',
  'team-adoption': 'teamAdoption',
  'integration-depth': 'integrationDepth',
  habit: 'habit',
};
const EVENT_COLUMNS = [
  ...PLANTED_ROW_COLUMNS,
  'received_at',
  'plan_version',
  'source_partition',
  'source_offset',
  'journey_offset',
  'journey_index',
];
const MILESTONE_COLUMNS = [
  'account_id',
  'milestone',
  'reached_at',
  'received_at',
  'source_partition',
  'journey_offset',
  'journey_index',
];

/** Different lives, at most; a larger company has each of them several times, copied within ClickHouse. */
export const LIVES = 50_000;
const TABLES = ['events', 'milestones'];

/** Fills the tables, views included, with `accounts` accounts (a multiple of LIVES, or fewer). How many events. */
export async function feedCompany(client, plan, accounts, onProgress) {
  const lives = Math.min(accounts, LIVES);
  if (accounts % lives !== 0) throw new Error(`--accounts is ${accounts}; more than ${LIVES} go in multiples of it.`);
  for (const table of TABLES) {
    await client.command({ query: `CREATE OR REPLACE TABLE milepost.bench_${table} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM milepost.${table} LIMIT 0` }); // prettier-ignore
  }
  const events = await feedLives(client, plan, lives, onProgress);
  for (let copy = 0; copy < accounts / lives; copy++) {
    await client.command({ query: COPY_EVENTS, query_params: { copy, events } });
    await client.command({ query: COPY_MILESTONES, query_params: { copy, events } });
    onProgress({ accounts: (copy + 1) * lives, events: (copy + 1) * events });
  }
  for (const table of TABLES) await client.command({ query: `DROP TABLE milepost.bench_${table} SYNC` });
  const clock = text(EPOCH + plantedCompany({ seed: SEED }).observedDays * DAY);
  const clocks = Array.from({ length: PARTITIONS }, (_, partition) => [partition, 1e12, clock]);
  await insert(client, 'stream_time', ['source_partition', 'journey_offset', 'clock'], clocks);
  return (accounts / lives) * events;
}

const COPY_EVENTS = `
INSERT INTO milepost.events
SELECT * REPLACE (
    concat(account_id, '_', toString({copy:UInt32})) AS account_id,
    concat(event_id, '_', toString({copy:UInt32})) AS event_id,
    source_offset + {copy:UInt64} * {events:UInt64} AS source_offset,
    journey_offset + {copy:UInt64} * {events:UInt64} AS journey_offset)
FROM milepost.bench_events`;

const COPY_MILESTONES = `
INSERT INTO milepost.milestones
SELECT * REPLACE (
    concat(account_id, '_', toString({copy:UInt32})) AS account_id,
    journey_offset + {copy:UInt64} * {events:UInt64} AS journey_offset)
FROM milepost.bench_milestones`;

/** Part by part; rows of the next part are made while ClickHouse takes the last. */
async function feedLives(client, plan, lives, onProgress) {
  const company = plantedCompany({ seed: SEED });
  const run = { company, seed: SEED, accounts: lives, epoch: EPOCH };
  let events = 0;
  let taken = Promise.resolve();
  for (let from = 0; from < lives; from += PART) {
    const until = Math.min(lives, from + PART);
    const rows = eventRows(run, from, until, plan.version, events);
    const reached = milestoneRows(company, from, until);
    await taken;
    events += rows.length;
    taken = Promise.all([
      insert(client, 'bench_events', EVENT_COLUMNS, rows),
      insert(client, 'bench_milestones', MILESTONE_COLUMNS, reached),
    ]);
    // Its fault is met at the next part.
    taken.catch(() => undefined);
    onProgress({ lives: until, events });
  }
  await taken;
  return events;
}

function eventRows(run, from, until, planVersion, offset) {
  const rows = [];
  for (const chunk of plantedRows(run, { from, until })) {
    for (const row of chunk) {
      const partition = partitionOf(row[0]);
      const place = offset + rows.length;
      row.push(row[4], planVersion, partition, place, place, 0);
      rows.push(row);
    }
  }
  return rows;
}

function milestoneRows(company, from, until) {
  const columns = plantedAccounts({ company, seed: SEED, from, until, habit: true, epoch: EPOCH });
  const rows = [];
  for (let i = 0; i < columns.count; i++) {
    const account = `planted_${columns.account[i] + 1}`;
    const signup = Math.floor(EPOCH + columns.signup[i] * DAY);
    for (const [milestone, column] of Object.entries(MILESTONES)) {
      const days = columns[column][i];
      if (days === Infinity) continue;
      const at = text(signup + Math.floor(days * DAY));
      rows.push([account, milestone, at, at, partitionOf(account), columns.account[i], 0]);
    }
  }
  return rows;
}

const partitionOf = (account) => Number(account.slice(account.indexOf('_') + 1)) % PARTITIONS;
const text = (micros) => formatTime(micros).slice(0, -1).replace('T', ' ');

async function insert(client, table, columns, values) {
  if (values.length === 0) return;
  await client.insert({
    table: `milepost.${table}`,
    columns,
    values,
    format: 'JSONCompactEachRow',
    clickhouse_settings: { async_insert: 0 },
  });
}
