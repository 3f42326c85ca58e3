import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type Progress = (line: string) => void;

interface Need {
  /** For the reader. */
  what: string;
  aptPackage: string;
  /** Least major version, where an older one would not do. */
  major?: number;
}

/** Makes sure of a command: there already, else installed with apt-get when we may, else the one line to run is said. */
export async function needCommand(command: string, args: string[], need: Need, progress: Progress): Promise<void> {
  if (await answers(command, args, need.major)) return;
  const { what, aptPackage } = need;
  const sudo = process.getuid?.() === 0 ? [] : (await answers('sudo', ['-n', 'true'])) ? ['sudo', '-n'] : null;
  if (sudo === null || !(await answers('apt-get', ['--version']))) {
    const line = process.platform === 'darwin' ? `brew install ${BREW[command]}` : `sudo apt-get install ${aptPackage}`;
    throw new Error(`The native stack needs ${what}, which is missing. Run: ${line}`);
  }
  progress(`Installing ${aptPackage} with apt-get`);
  // RUNLEVEL keeps the package from starting a server of its own: ours has its own port and data.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...rest: string[]) => {
    const [program, ...begin] = [...sudo, 'apt-get', '-y', '-qq'];
    return run(program!, [...begin, ...rest], { env, maxBuffer: 1 << 26 });
  };
  await apt('install', aptPackage).catch(async () => {
    await apt('update');
    await apt('install', aptPackage);
  });
  if (!(await answers(command, args, need.major)))
    throw new Error(`${aptPackage} is installed, but ${command} is not ${what}.`);
}

const BREW: Record<string, string> = { java: 'openjdk@17', 'redis-server': 'redis', mvn: 'maven' };

async function answers(command: string, args: string[], major = 0): Promise<boolean> {
  try {
    const { stdout, stderr } = await run(command, args);
    return major === 0 || Number(/version "(\d+)/.exec(stdout + stderr)?.[1]) >= major;
  } catch {
    return false;
  }
}
