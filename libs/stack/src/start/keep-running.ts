import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { forgetIdentity, writeIdentity } from '../process-identity.js';
import { endChild, hasEnded, spawnNode } from './child-process.js';
import type { ChildSpec } from './child-process.js';

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** After running so long it counts as well again, and the next pause is short. */
const WELL_AFTER_MS = 60_000;
const LOOK_EVERY_MS = 250;

/** How a child that was started again shows that it is back at work. */
export interface Recovery {
  isReady: () => Promise<boolean>;
  /** What its return may wait for, said when it has ended; empty when for nothing. */
  waitsFor: string;
}

export interface KeptChild {
  name: string;
  spec: ChildSpec;
  runDir: string;
  say: (line: string) => void;
  /** Null: nothing tells. */
  recovery: Recovery | null;
}

/** A child that is started again when it ends by itself, after a pause that grows while it keeps ending. */
export class KeptRunning {
  private child: ChildProcess | undefined;
  private stopping = false;
  private pauseMs = FIRST_PAUSE_MS;
  private pause: NodeJS.Timeout | undefined;
  /** Wall clock, milliseconds, since when it has not been at work; null while it is. */
  private awaySince: number | null = null;
  private readonly pidFile: string;

  constructor(private readonly kept: KeptChild) {
    this.pidFile = join(kept.runDir, `${kept.name}.pid`);
  }

  get name(): string {
    return this.kept.name;
  }

  start(): void {
    const { name, spec, say } = this.kept;
    const began = Date.now();
    const child = spawnNode(spec);
    this.child = child;
    if (child.pid !== undefined) writeIdentity(this.pidFile, child.pid);
    child.once('error', (error) => say(`${name} could not be started: ${error.message}`));
    child.once('exit', (code, signal) => {
      if (this.stopping) return;
      if (Date.now() - began > WELL_AFTER_MS) this.pauseMs = FIRST_PAUSE_MS;
      this.awaySince ??= Date.now();
      say(`${name} ended (${signal ?? code}); again in ${this.pauseMs / 1000} s. Its log: ${spec.logFile}`);
      if (this.kept.recovery?.waitsFor) say(`  ${this.kept.recovery.waitsFor}`);
      this.pause = setTimeout(() => this.start(), this.pauseMs);
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
    });
    if (this.awaySince !== null) this.lookWhetherBack(child);
  }

  async stop(patienceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.pause);
    if (this.child) await endChild(this.child, patienceMs);
    forgetIdentity(this.pidFile);
  }

  /** Until it is, or has ended once more. */
  private lookWhetherBack(child: ChildProcess): void {
    const { name, say, recovery } = this.kept;
    if (!recovery) return;
    const look = async (): Promise<void> => {
      const ready = await recovery.isReady();
      if (this.stopping || this.child !== child || hasEnded(child) || this.awaySince === null) return;
      if (!ready) return void setTimeout(() => void look(), LOOK_EVERY_MS);
      say(`${name} is ready again, ${Math.round((Date.now() - this.awaySince) / 1000)} s after it ended`);
      this.awaySince = null;
    };
    void look();
  }
}
