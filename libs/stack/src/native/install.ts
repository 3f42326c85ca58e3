import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { NATIVE, TOOLS } from '../paths.js';

const run = promisify(execFile);
type Progress = (line: string) => void;

export const KAFKA_LIBS = join(TOOLS, 'kafka-4.3.1/libs');
export const CHDB_HOME = join(TOOLS, 'chdb-3.4.0');

/** Brings what a native stack lacks; says the one command to run where it may not. */
export async function installNative(progress: Progress): Promise<void> {
  await need('java', ['-version'], 'a Java runtime, version 17 or newer', 'openjdk-17-jre-headless', progress);
  await need('redis-server', ['--version'], 'Redis', 'redis-server', progress);
  await installKafka(progress);
  await installChdb(progress);
}

async function need(
  command: string,
  args: string[],
  what: string,
  aptPackage: string,
  progress: Progress,
): Promise<void> {
  if (await answers(command, args)) return;
  const apt = ['apt-get', 'install', '-y', '-qq', aptPackage];
  const sudo = process.getuid?.() === 0 ? [] : (await answers('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : null;
  if (sudo === null || !(await answers('apt-get', ['--version']))) {
    throw new Error(
      `${what} is missing. Install it (Debian: sudo apt-get install ${aptPackage}; macOS: brew install ${aptPackage.split('-')[0]}) and start again.`,
    );
  }
  progress(`Installing ${aptPackage} with apt-get`);
  const [program, ...rest] = [...sudo, ...apt];
  // The package would start a server of its own on the usual port; ours has its own port and data.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  await run(program!, rest, { env }).catch(async () => {
    const [update, ...args] = [...sudo, 'apt-get', 'update', '-qq'];
    await run(update!, args, { env });
    await run(program!, rest, { env });
  });
}

async function answers(command: string, args: string[]): Promise<boolean> {
  return run(command, args).then(
    () => true,
    () => false,
  );
}

async function installKafka(progress: Progress): Promise<void> {
  if (existsSync(KAFKA_LIBS)) return;
  await need('mvn', ['--version'], 'Maven', 'maven', progress);
  progress('Fetching Apache Kafka 4.3.1 (44 MB)');
  const fresh = `${KAFKA_LIBS}.fetching`;
  await run('mvn', [
    '-q',
    '-B',
    '-f',
    join(NATIVE, 'pom.xml'),
    'dependency:copy-dependencies',
    `-DoutputDirectory=${fresh}`,
  ]);
  renameSync(fresh, KAFKA_LIBS);
}

async function installChdb(progress: Progress): Promise<void> {
  if (existsSync(join(CHDB_HOME, 'installed.json'))) return;
  progress('Fetching ClickHouse as chDB 3.4.0 (543 MB, a while on a slow line)');
  mkdirSync(CHDB_HOME, { recursive: true });
  const manifest = join(NATIVE, 'chdb/package.json');
  copyFileSync(manifest, join(CHDB_HOME, 'package.json'));
  await run('npm', ['install', '--prefix', CHDB_HOME, '--no-audit', '--no-fund'], { maxBuffer: 1 << 26 });
  copyFileSync(manifest, join(CHDB_HOME, 'installed.json'));
}
