import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { forgetIdentity, writeIdentity } from '../process-identity.js';
import { endChild, spawnNode } from './child-process.js';
import type { ChildSpec } from './child-process.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** After running so long it counts as well again, and the next pause is short. */
const WELL_AFTER_MS = 60_000;

/** A child that is started again when it ends by itself, after a pause that grows while it keeps ending. */
export class KeptRunning {
  private child: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = FIRST_PAUSE_MS;
  private pause: NodeJS.Timeout | undefined;
  private readonly pidFile: string;

  constructor(
    readonly name: string,
    private readonly spec: ChildSpec,
    runDir: string,
    private readonly say: (line: string) => void,
  ) {
    this.pidFile = join(runDir, `${name}.pid`);
  }

  start(): void {
    const began = Date.now();
    const child = spawnNode(this.spec);
    this.child = child;
    if (child.pid !== undefined) writeIdentity(this.pidFile, child.pid);
    child.once('error', (error) => this.say(`${this.name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      if (Date.now() - began > WELL_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
      const seconds = this.pauseMs / 1000;
      this.say(`${this.name} ended (${signal ?? code}); again in ${seconds} s. Its log: ${this.spec.logFile}`);
      this.pause = setTimeout(() => this.start(), this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    });
  }

  async stop(patienceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pause);
    if (this.child) await endChild(this.child, patienceMs);
    forgetIdentity(this.pidFile);
  }
}
