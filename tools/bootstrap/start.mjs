import { spawn } from 'node:child_process';

/**
 * Runs the orchestrator. In a process group of its own, so that a terminal's Ctrl-C reaches it once, through us; and
 * with a channel, so that it ends its children even when we are killed.
 */
export function startAll(args) {
  return new Promise((done) => {
    // Its seconds count from our own start: install and build are part of the wait.
    const env = { ...process.env, MILEPOST_BEGAN_AT: String(Math.round(performance.timeOrigin)) };
    const child = spawn(process.execPath, ['libs/stack/dist/start/main.js', ...args], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env,
      detached: process.platform !== 'win32',
    });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('exit', (code) => done(code ?? 1));
  });
}
