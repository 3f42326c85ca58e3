import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { NATIVE, TOOLS } from '../paths.js';
import { needCommand } from './system-package.js';
import type { Progress } from './system-package.js';

const run = promisify(execFile);
const CHDB_PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

export const KAFKA_LIBS = join(TOOLS, 'kafka-4.2.2/libs');
export const CHDB_HOME = join(TOOLS, 'chdb-3.4.0');

/** Brings what a native stack lacks; says the one command to run where it may not. */
export async function installNative(progress: Progress): Promise<void> {
  const java = 'a Java runtime, version 17 or newer';
  await needCommand('java', ['-version'], { what: java, aptPackage: 'openjdk-17-jre-headless', major: 17 }, progress);
  await needCommand('redis-server', ['--version'], { what: 'Redis', aptPackage: 'redis-server' }, progress);
  await installKafka(progress);
  await installChdb(progress);
}

async function installKafka(progress: Progress): Promise<void> {
  if (existsSync(KAFKA_LIBS)) return;
  await needCommand('mvn', ['--version'], { what: 'Maven', aptPackage: 'maven' }, progress);
  await fetchInto(KAFKA_LIBS, 'Apache Kafka 4.2.2 through Maven (44 MB)', progress, async (folder) => {
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${folder}`];
    await run('mvn', ['-q', '-B', '-f', join(NATIVE, 'pom.xml'), ...goal]);
  });
}

async function installChdb(progress: Progress): Promise<void> {
  if (existsSync(join(CHDB_HOME, 'node_modules/chdb'))) return;
  const platform = `${process.platform}-${process.arch}`;
  if (!CHDB_PLATFORMS.includes(platform)) {
    throw new Error(`chDB has no build for ${platform}; use Docker (docker compose up -d) or --stack external.`);
  }
  rmSync(CHDB_HOME, { recursive: true, force: true });
  await fetchInto(CHDB_HOME, 'ClickHouse as chDB 3.4.0 through npm (543 MB)', progress, async (folder) => {
    copyFileSync(join(NATIVE, 'chdb/package.json'), join(folder, 'package.json'));
    await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund'], { maxBuffer: 1 << 26, cwd: folder });
  });
}

/** Appears under its name whole or not at all: a start that is cut off, or two at once, leave nothing half. */
async function fetchInto(home: string, what: string, progress: Progress, fetch: (folder: string) => Promise<void>) {
  const fresh = `${home}.fetching-${process.pid}`;
  const began = Date.now();
  progress(`Fetching ${what}`);
  const waiting = setInterval(() => {
    progress(`  still fetching, ${Math.round((Date.now() - began) / 1000)} s`);
  }, 15_000);
  try {
    mkdirSync(fresh, { recursive: true });
    await fetch(fresh).catch((error: Error) => {
      throw new Error(`Fetching ${what} failed; check the network and start again. ${error.message}`, { cause: error });
    });
    mkdirSync(dirname(home), { recursive: true });
    if (!existsSync(home)) renameSync(fresh, home);
  } finally {
    clearInterval(waiting);
    rmSync(fresh, { recursive: true, force: true });
  }
}
