import type { Scheduler } from './scheduler.js';

/** How often a request meets each fate; the rest go well. */
export interface Weather {
  replyLost: number;
  late: number;
  neverArrives: number;
  /** Carried out at once, answered much later. */
  slow: number;
}

export const CALM: Weather = { replyLost: 0, late: 0, neverArrives: 0, slow: 0 };

/** A process as the world sees it: it can be frozen (a zombie to be) and it can die. */
export interface Caller {
  name: string;
  alive: boolean;
  paused: boolean;
}

/**
 * Every request of every process. A request arrives and is answered; or it is carried out and the reply is lost; or the
 * caller gives up and it arrives later; or it never arrives. What a dead process has sent may still arrive.
 */
export class Network {
  weather: Weather = CALM;

  constructor(private readonly scheduler: Scheduler) {}

  request<T>(caller: Caller, label: string, carryOut: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.scheduler.plan(`${caller.name} ${label}`, () => this.arrive(caller, label, carryOut, resolve, reject));
    });
  }

  private arrive<T>(
    caller: Caller,
    label: string,
    carryOut: () => T,
    resolve: (value: T) => void,
    reject: (error: Error) => void,
  ): void {
    const { chance } = this.scheduler;
    if (!caller.alive) {
      if (chance.happens(0.5)) quietly(carryOut);
      return;
    }
    const gaveUp = () => this.reply(caller, () => reject(new Error(`${label}: no reply`)));
    let draw = chance.next();
    if ((draw -= this.weather.neverArrives) < 0) return gaveUp();
    if ((draw -= this.weather.late) < 0) {
      this.scheduler.plan(
        `${caller.name} ${label} arrives late`,
        () => quietly(carryOut),
        this.scheduler.now + chance.integer(10, 400),
      );
      return gaveUp();
    }
    if ((draw -= this.weather.replyLost) < 0) {
      this.scheduler.note('  its reply is lost');
      quietly(carryOut);
      return gaveUp();
    }
    let answer: () => void;
    try {
      const value = carryOut();
      answer = () => resolve(value);
    } catch (error) {
      this.scheduler.note(`  refused: ${(error as Error).message}`);
      answer = () => reject(error as Error);
    }
    const slow = chance.happens(this.weather.slow);
    this.reply(caller, answer, slow ? chance.integer(20, 200) : 0);
  }

  private reply(caller: Caller, deliver: () => void, after = 0): void {
    if (after === 0 && !caller.paused && this.scheduler.chance.happens(0.7)) return deliver();
    const enabled = (): boolean => !caller.paused && caller.alive;
    this.scheduler.plan(`${caller.name} gets a reply`, deliver, this.scheduler.now + after, enabled);
  }
}

function quietly(work: () => unknown): void {
  try {
    work();
  } catch {
    // Nobody is there to hear of the refusal.
  }
}
