import { Command } from 'commander';
import { ConfigError } from '@milepost/platform';
import { setup } from './commands/setup.command.js';
import { Connections, findAddresses, UsageError } from './connections.js';

const program = new Command('milepost')
  .description('Reads the signs of renewal, growth and loss while there is still time to act.')
  .option('--json', 'print the result as JSON', false);

/** Runs a command with connections that are closed whatever happens. */
async function run(work: (connections: Connections, json: { json: boolean }) => Promise<void>): Promise<void> {
  const connections = new Connections(findAddresses());
  try {
    await work(connections, { json: program.opts<{ json: boolean }>().json });
  } finally {
    await connections.close();
  }
}

program
  .command('setup')
  .description('create the topics and the tables of ClickHouse')
  .option('--replicas <n>', 'replication factor of new topics', Number, 1)
  .action((options: { replicas: number }) => run((connections, json) => setup(connections, { ...options, ...json })));

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof UsageError) && !(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
