import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * A loopback port: the wanted one when nobody has it, otherwise a free one below the range from which the system
 * gives ports to outgoing connections. From that range a client could take the port of a server that is restarting.
 */
export async function freePort(wanted?: number): Promise<number> {
  if (wanted && (await isFree(wanted))) return wanted;
  for (;;) {
    const port = randomInt(20_000, 32_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)));
  });
}
