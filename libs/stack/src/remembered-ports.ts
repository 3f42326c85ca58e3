import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import type { Ports, StackOptions } from './stack.js';

const STACK_PORTS = ['kafka', 'controller', 'redis', 'clickhouse'] as const;

/** The ports of a data directory's stack. */
export const stackPorts = ({ dataDir, ports, onProgress }: StackOptions): Promise<Ports> =>
  rememberedPorts(join(dataDir, 'ports.json'), STACK_PORTS, { asked: ports, onMoved: onProgress });

interface Choice<Name extends string> {
  asked?: Partial<Record<Name, number>> | undefined;
  /** Who has written down an old port should hear of the new one. */
  onMoved?: ((line: string) => void) | undefined;
}

/** A port for each name: asked for, else that of last time, else a free one; written down in `file` for next time. */
export async function rememberedPorts<Name extends string>(
  file: string,
  names: readonly Name[],
  { asked = {}, onMoved }: Choice<Name>,
): Promise<Record<Name, number>> {
  const last = read<Name>(file);
  const chosen = new Map<Name, number>();
  for (const name of names) {
    const before = asked[name] ?? last[name];
    let port = await freePort(before);
    while ([...chosen.values()].includes(port)) port = await freePort();
    if (before !== undefined && before !== port)
      onMoved?.(`Port ${before} is taken by another; ${name} is at ${port} this time`);
    chosen.set(name, port);
  }
  const ports = Object.fromEntries(chosen) as Record<Name, number>;
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function read<Name extends string>(file: string): Partial<Record<Name, number>> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Record<Name, number>>;
  } catch {
    return {}; // A first start, or a file cut short by a crash: nothing but the numbers is lost.
  }
}
