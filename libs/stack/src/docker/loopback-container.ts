import { GenericContainer, Wait } from 'testcontainers';

/** A container whose ports are open to this machine alone: the parts have no passwords. */
export class LoopbackContainer extends GenericContainer {
  constructor(image: string) {
    super(image);
    // Whether it answers is asked from outside, as its users do, not read from an image's log.
    this.withWaitStrategy(Wait.forAll([]));
  }

  protected override beforeContainerCreated(): Promise<void> {
    const bindings = (this.hostConfig.PortBindings ?? {}) as Record<string, { HostIp?: string }[]>;
    for (const binding of Object.values(bindings).flat()) binding.HostIp = '127.0.0.1';
    return Promise.resolve();
  }
}
