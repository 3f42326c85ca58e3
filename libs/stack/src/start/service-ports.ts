import { readFileSync, writeFileSync } from 'node:fs';
import { freePort, movedPort } from '../free-port.js';

/** A port for each service: that of the last start where it is free. */
export async function servicePorts(
  file: string,
  names: readonly string[],
  say: (line: string) => void,
): Promise<Record<string, number>> {
  const last = read(file);
  const ports: Record<string, number> = {};
  for (const name of names) {
    do ports[name] = await freePort(last[name]);
    while (Object.entries(ports).some(([other, port]) => other !== name && port === ports[name]));
    movedPort(name, last[name], ports[name]!).forEach(say);
  }
  writeFileSync(file, JSON.stringify(ports));
  return ports;
}

function read(file: string): Record<string, number> {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>;
  } catch {
    return {}; // A first start, or a file cut short by a crash.
  }
}
