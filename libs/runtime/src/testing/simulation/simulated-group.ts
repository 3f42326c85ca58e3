import type { Scheduler } from './scheduler.js';
import type { SimulatedConsumer } from './simulated-consumer.js';

/** A consumer group. A member hears of a new assignment sooner or later; a frozen one goes on with its old belief. */
export class SimulatedGroup {
  private readonly members = new Set<SimulatedConsumer>();

  constructor(
    readonly id: string,
    private readonly scheduler: Scheduler,
    private readonly partitions: number,
  ) {}

  enter(member: SimulatedConsumer): void {
    this.members.add(member);
    this.rebalance();
  }

  leave(member: SimulatedConsumer): void {
    this.members.delete(member);
    this.rebalance();
  }

  /** Hands every partition to a member that answers. Frozen members are thrown out until they answer again. */
  rebalance(): void {
    const able = [...this.members].filter(({ caller }) => caller.alive && !caller.paused);
    const shares = new Map<SimulatedConsumer, number[]>([...this.members].map((member) => [member, []]));
    for (let partition = 0; partition < this.partitions && able.length > 0; partition++) {
      shares.get(this.scheduler.chance.pick(able))!.push(partition);
    }
    for (const [member, partitions] of shares) {
      if (!member.caller.alive) {
        this.members.delete(member);
        continue;
      }
      const enabled = (): boolean => member.caller.alive && !member.caller.paused;
      // Whoever was frozen hears of what was decided without it only after it has gone on for a while.
      const delay = able.includes(member) ? 0 : 200;
      const label = `${member.caller.name} joins with [${partitions.join()}]`;
      this.pendingJoin.get(member)?.();
      const planned = this.scheduler.plan(label, () => member.join(partitions), this.scheduler.now + delay, enabled);
      this.pendingJoin.set(member, planned);
    }
  }

  /** Only the newest generation can be joined. */
  private readonly pendingJoin = new Map<SimulatedConsumer, () => void>();
}
