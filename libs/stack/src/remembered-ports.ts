import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort, movedPort } from './free-port.js';
import type { Ports, StackOptions } from './stack.js';

/** The ports of a data directory: asked for, else those of last time, else free ones; written down for next time. */
export async function rememberedPorts({ dataDir, ports: asked = {}, onProgress }: StackOptions): Promise<Ports> {
  const file = join(dataDir, 'ports.json');
  const last = read(file);
  const chosen = {} as Ports;
  for (const name of ['kafka', 'controller', 'redis', 'clickhouse'] as const) {
    do chosen[name] = await freePort(asked[name] ?? last[name]);
    while (Object.entries(chosen).some(([other, port]) => other !== name && port === chosen[name]));
    movedPort(name, asked[name] ?? last[name], chosen[name]).forEach((line) => onProgress?.(line));
  }
  writeFileSync(file, JSON.stringify(chosen));
  return chosen;
}

function read(file: string): Partial<Ports> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Partial<Ports>;
  } catch {
    return {}; // A first start, or a file cut short by a crash: nothing but the numbers is lost.
  }
}
