import { connect, createServer } from 'node:net';
import type { Server, Socket } from 'node:net';

type Edit = (bytes: Buffer) => Buffer;
const unchanged: Edit = (bytes) => bytes;

/** How a broker tells a client where it is: its name and its port, in every reply that names a broker. */
function brokerAt(port: number): Buffer {
  const host = '127.0.0.1';
  const bytes = Buffer.alloc(2 + host.length + 4);
  bytes.writeInt16BE(host.length);
  bytes.write(host, 2);
  bytes.writeInt32BE(port, 2 + host.length);
  return bytes;
}

/** A loopback port in front of another one, for faults of the network between a service and a server. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private delayMs = 0;
  private closed = false;

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly target: number,
    private readonly isBroker: boolean,
  ) {
    server.on('connection', (socket) => this.join(socket));
  }

  /** Kafka's clients go where its replies send them: a proxy in front of a broker has to stand in those. */
  static async open(port: number, target: number, isBroker: boolean): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server, port, target, isBroker);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return proxy;
  }

  /** Every answer comes so much later from now on. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** Ends every open connection with RST; how many there were. New ones are taken. */
  reset(): number {
    const open = [...this.sockets];
    for (const socket of open) socket.resetAndDestroy();
    return open.length / 2;
  }

  async close(): Promise<void> {
    this.closed = true;
    for (const socket of this.sockets) socket.destroy();
    await new Promise((done) => this.server.close(done));
  }

  private join(client: Socket): void {
    const upstream = connect(this.target, '127.0.0.1');
    const edit = this.isBroker ? addressed(brokerAt(this.target), brokerAt(this.port)) : unchanged;
    this.pass(client, upstream, unchanged, () => 0);
    this.pass(upstream, client, edit, () => this.delayMs);
  }

  /** Bytes stay in order also while the delay changes; a closed end closes the other one when all has passed. */
  private pass(from: Socket, to: Socket, edit: Edit, delay: () => number): void {
    from.setNoDelay(true);
    this.sockets.add(from);
    let earliest = 0;
    const later = (work: () => void): void => {
      const due = Math.max(earliest, Date.now() + delay());
      earliest = due;
      const wait = due - Date.now();
      if (wait <= 0) work();
      else setTimeout(work, wait);
    };
    from.on('data', (bytes) => {
      const edited = edit(bytes);
      if (edited.length > 0) later(() => to.destroyed || to.write(edited));
    });
    from.on('end', () => later(() => to.destroyed || to.end()));
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      later(() => to.destroy());
    });
    if (this.closed) from.destroy();
  }
}

/** Gathers whole frames (a length of 4 bytes, then so many) and puts our address in the place of the broker's. */
function addressed(from: Buffer, to: Buffer): Edit {
  let held = Buffer.alloc(0);
  return (bytes) => {
    held = Buffer.concat([held, bytes]);
    let end = 0;
    while (held.length >= end + 4 && held.length >= end + 4 + held.readInt32BE(end)) end += 4 + held.readInt32BE(end);
    const whole = held.subarray(0, end);
    held = held.subarray(end);
    for (let at = whole.indexOf(from); at >= 0; at = whole.indexOf(from, at + to.length)) to.copy(whole, at);
    return whole;
  };
}
