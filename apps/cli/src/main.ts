import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { MODEL_KINDS, parseTime } from '@milepost/contracts';
import type { Micros, ModelKind } from '@milepost/contracts';
import { Argument, Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { confirmed } from './confirm.js';
import type { SimulateOptions } from './commands/simulate.command.js';
import { EXAMPLE_PROPOSAL } from './example-proposal.js';
import type { Connections } from './connections.js';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};
const program = new Command('milepost')
  .description('Reads the signs of renewal, growth and loss while there is still time to act.')
  .version(version);
program.exitOverride();

/** A command with connections that are closed whatever happens. What it runs on is loaded when it is asked for. */
async function run(work: (connections: Connections) => Promise<void>): Promise<void> {
  const { Connections, findAddresses } = await import('./connections.js');
  const connections = new Connections(findAddresses());
  try {
    await work(connections);
  } finally {
    await connections.close();
  }
}

/** Commander puts the option's name before the message. */
const wholeFrom =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Want a whole number, ${least} or more.`);
  };
const [whole, positive] = [wholeFrom(0), wholeFrom(1)];
const command = (name: string, description: string): Command =>
  program.command(name).description(description).option('--json', 'print the result as JSON', false);

const prefix = (text: string): string => {
  if (/^[\w-]+$/.test(text)) return text;
  throw new InvalidArgumentError('Want letters, digits, _ or -.');
};

/** A stream whose time has run ahead would hold what happens today for long past. */
function past(text: string): Micros {
  const at = parseTime(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  if (at !== null && at <= Date.now() * 1000) return at;
  throw new InvalidArgumentError('Want a time that has passed, such as 2026-06-01 or 2026-06-01T12:00:00Z.');
}

/** What `watch` says of a trigger that is not live. */
const FROM_HISTORY = `"from history" marks a trigger that is not live: it was told more than a day after it happened, as with history
that was filled in, or when it was over already. It is there for the record; nobody need act on it today.`;

command('setup', 'create the topics and the tables of ClickHouse')
  .option('--replicas <n>', 'replication factor of new topics', positive, 1)
  .action((options: { replicas: number; json: boolean }) =>
    run(async (connections) => (await import('./commands/setup.command.js')).setup(connections, options)),
  );

command('simulate', 'feed the sample company: its history, or with --live what happens now')
  .option('--accounts <n>', 'accounts in the history', positive, 400)
  .option('--days <n>', 'length of the history', positive, 120)
  .option('--seed <n>', 'the same seed gives the same company', whole, 7)
  .option(
    '--prefix <text>',
    'begins the account ids; with that of a company that is there, its accounts live twice',
    prefix,
    'acct',
  )
  .addOption(
    new Option('--until <time>', 'when the history ends, RFC 3339 or a date; otherwise now')
      .argParser(past)
      .conflicts('live'),
  )
  .option('--live', 'a live trickle until Ctrl-C', false)
  .option(
    '--planted',
    'the planted company instead, whose right answers are known (docs/truth.md); it has 540 days',
    false,
  )
  .action((options: SimulateOptions) =>
    run(async (connections) => (await import('./commands/simulate.command.js')).simulate(connections, options)),
  );

command('account <id>', 'what an account reached, what is open and why, what it did last').action(
  (id: string, options: { json: boolean }) =>
    run(async (connections) => (await import('./commands/account.command.js')).account(connections, id, options)),
);

command('watch', 'triggers as they come, in plain words')
  .addHelpText('after', `\n${FROM_HISTORY}`)
  .option('--from-beginning', 'begin with what the topics hold; otherwise with what comes', false)
  .option('--limit <n>', 'end after so many; 0 never', whole, 0)
  .action((options: { fromBeginning: boolean; limit: number; json: boolean }) =>
    run(async (connections) => (await import('./commands/watch.command.js')).watch(connections, options)),
  );

command('reconcile', 'Kafka, Redis and ClickHouse side by side: nothing lost, nothing doubled, or where')
  .option('--no-wait', 'do not wait for the services to catch up')
  .action((options: { wait: boolean; json: boolean }) =>
    run(async (connections) => (await import('./commands/reconcile.command.js')).reconcile(connections, options)),
  );

command('backtest', 'what a proposed signal would have done over the history, beside the rules in force')
  .showHelpAfterError(`A file for --signal: ${EXAMPLE_PROPOSAL} in the repository. \`--help\` says the rest.`)
  .requiredOption('--signal <file>', `YAML with the proposed signals, as in the plan, such as ${EXAMPLE_PROPOSAL}`)
  .option('--foretells <type>', 'event that the signal is to foretell; otherwise the end of an account')
  .option('--within <days>', 'an alarm is right when the event follows within so many days', positive, 60)
  .action(
    ({ signal, foretells, within, json }: { signal: string; foretells?: string; within: number; json: boolean }) =>
      run(async (connections) =>
        (await import('./commands/backtest.command.js')).backtest(connections, {
          signal,
          foretells: foretells ?? null,
          withinDays: within,
          json,
        }),
      ),
  );

command('rebuild', 'make the state in Redis anew, from Kafka and, where its log no longer reaches back, ClickHouse')
  .option('--no-wait', 'do not wait until the services have caught up')
  .option('--yes', 'do not ask first', false)
  .action((options: { wait: boolean; yes: boolean; json: boolean }) =>
    run(async (connections) => {
      const { rebuild } = await import('./commands/rebuild.command.js');
      const what = 'The state of every account is taken out of Redis and made anew; triggers wait until it is back.';
      if (await confirmed(what, options)) await rebuild(connections, options);
    }),
  );

const ofModels = program
  .command('models')
  .description('models of churn and expansion: fitted on the history, published when they beat the base rate');
const modelCommand = (name: string, description: string): Command =>
  ofModels.command(name).description(description).option('--json', 'print the result as JSON', false);

modelCommand('fit', 'fit a model, judge it on what came later, and publish it if it beats the base rate')
  .addArgument(new Argument('<kind>').choices(MODEL_KINDS))
  .option('--foretells <type>', 'event; otherwise the end of an account, or subscription.expanded')
  .option('--within <days>', 'horizon, a whole number of weeks', whole, 28)
  .option('--alarms <percent>', 'of the account-periods about so many get a reason', whole, 10)
  .option('--dry-run', 'publish nothing', false)
  .action(
    (
      kind: ModelKind,
      options: { foretells?: string; within: number; alarms: number; dryRun: boolean; json: boolean },
    ) =>
      run(async (connections) => {
        const models = await import('./commands/models.command.js');
        const { foretells = null, within, alarms, dryRun, json } = options;
        return models.fit(connections, { kind, foretells, withinDays: within, alarmShare: alarms / 100, dryRun, json });
      }),
  );
modelCommand('list', 'what has been published').action((options: { json: boolean }) =>
  run(async (connections) => (await import('./commands/models.command.js')).list(connections, options)),
);
modelCommand('show <version>', 'a model in full').action((version: string, options: { json: boolean }) =>
  run(async (connections) => (await import('./commands/models.command.js')).show(connections, version, options)),
);
modelCommand('compare <version> <other>', 'two models on the same later outcomes').action(
  (version: string, other: string, options: { json: boolean }) =>
    run(async (connections) =>
      (await import('./commands/models.command.js')).compare(connections, [version, other], options),
    ),
);
const asked = (command: Command): Command =>
  command.option('--reason <text>', 'why', '').option('--by <name>', 'who asks for it', userInfo().username);
type Asked = { reason: string; by: string; json: boolean };
asked(modelCommand('activate <version>', 'score accounts with a model from now on')).action(
  (version: string, options: Asked) =>
    run(async (connections) =>
      (await import('./commands/activate.command.js')).activate(connections, version, options),
    ),
);
asked(modelCommand('rollback', 'put the model into force again that was before, or none'))
  .addArgument(new Argument('<kind>').choices(MODEL_KINDS))
  .action((kind: ModelKind, options: Asked) =>
    run(async (connections) => (await import('./commands/activate.command.js')).rollBack(connections, kind, options)),
  );
modelCommand('drift <version>', 'whether accounts and outcomes are still such as the model was fitted on')
  .option('--days <n>', 'accounts of the last so many days', whole, 28)
  .action((version: string, options: { days: number; json: boolean }) =>
    run(async (connections) => (await import('./commands/models.command.js')).drift(connections, version, options)),
  );

command('erase <account>', 'erase an account for good: state, rows and triggers; later events of it are dropped')
  .option('--reason <text>', 'why, such as the number of the request; nothing personal, for it is kept for ever', '')
  .option('--by <name>', 'who asks for it', userInfo().username)
  .option('--yes', 'do not ask first', false)
  .action((id: string, options: { reason: string; by: string; yes: boolean; json: boolean }) =>
    run(async (connections) => {
      const { erase } = await import('./commands/erase.command.js');
      if (await confirmed(`Everything that is known of ${id} is erased for good.`, options))
        await erase(connections, id, options);
    }),
  );

const keys = program
  .command('keys')
  .description('API keys of insights: made, listed and revoked in a file of their hashes');
const keyCommand = (name: string, description: string): Command =>
  keys
    .command(name)
    .description(description)
    .option(
      '--file <path>',
      'where the hashes are; from the working directory',
      process.env['API_KEYS_FILE'] ?? 'api-keys.json',
    )
    .option('--json', 'print the result as JSON', false);

keyCommand('create', 'make a key; it is shown once')
  .requiredOption('--name <name>', 'whose it is')
  .option('--role <role>', 'viewer, analyst or admin', 'viewer')
  .action(async (options: { file: string; name: string; role: string; json: boolean }) =>
    (await import('./commands/keys.command.js')).createApiKey(options),
  );
keyCommand('list', 'whose keys there are').action(async (options: { file: string; json: boolean }) =>
  (await import('./commands/keys.command.js')).listApiKeys(options),
);
keyCommand('revoke', 'take a key back')
  .requiredOption('--name <name>', 'whose it is')
  .action(async (options: { file: string; name: string; json: boolean }) =>
    (await import('./commands/keys.command.js')).revokeApiKey(options),
  );

command('topology', 'what milestones and signals read, keep and write')
  .option('--write <file>', 'write it to a file')
  .action(async (options: { write?: string; json: boolean }) => {
    const [{ topology }, { findPlan }] = await Promise.all([import('./commands/topology.command.js'), import('./connections.js')]); // prettier-ignore
    topology(findPlan(), options);
  });

try {
  await program.parseAsync();
} catch (error) {
  // Commander has said it. 1 is for what a command finds wrong in the data, so a wrong call is 2.
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : 2);
  const { explain } = await import('./explain-error.js');
  const said = explain(error as Error);
  if (said === null) throw error;
  process.stderr.write(`${said}\n`);
  process.exitCode = 2;
}
