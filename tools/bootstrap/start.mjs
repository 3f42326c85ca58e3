import { spawn } from 'node:child_process';

/**
 * Runs the orchestrator. In a process group of its own, so that a terminal's Ctrl-C reaches it once, through us; and
 * with a channel, so that it ends its children even when we are killed.
 */
export function startAll(args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, ['libs/stack/dist/start/main.js', ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: process.platform !== 'win32',
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => done(code ?? 1));
  });
}
