import { getContainerRuntimeClient } from 'testcontainers';
import type { StartedTestContainer } from 'testcontainers';
import type { Part } from '../stack.js';

/** A part in a container. The container stays when it is stopped or killed, so its ports and data do. */
export class ContainerPart implements Part {
  constructor(
    private readonly container: StartedTestContainer,
    readonly ready: () => Promise<void>,
  ) {}

  pid(): undefined {
    return undefined;
  }

  async kill(): Promise<void> {
    await (await this.handle()).kill({ signal: 'SIGKILL' });
    await (await this.handle()).wait();
  }

  async stop(): Promise<void> {
    await (await this.handle()).stop({ t: 30 });
  }

  async start(): Promise<void> {
    await (await this.handle()).start();
    await this.ready();
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private async handle() {
    const client = await getContainerRuntimeClient();
    return client.container.getById(this.container.getId());
  }
}
