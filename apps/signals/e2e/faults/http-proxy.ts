import { createServer, request as send } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** What becomes of an insert: passed on; done, but its reply dropped; or refused before it reaches the server. */
export type Fate = 'pass' | 'drop-reply' | 'refuse';

/** An HTTP port in front of ClickHouse that may lose the answer to an insert that was done. */
export class HttpProxy {
  /** Decides on each insert, by its deduplication token. */
  fate: (token: string) => Fate = () => 'pass';
  /** Tokens whose replies were dropped. */
  readonly dropped: string[] = [];

  private constructor(
    private readonly server: Server,
    readonly port: number,
    private readonly target: number,
  ) {
    server.on('request', (request, response) => this.pass(request, response));
  }

  static async open(port: number, target: number): Promise<HttpProxy> {
    const server = createServer();
    const proxy = new HttpProxy(server, port, target);
    await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
    return proxy;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private pass(request: IncomingMessage, response: ServerResponse): void {
    const { searchParams } = new URL(request.url!, 'http://proxy');
    const token = searchParams.get('insert_deduplication_token');
    const fate = token === null ? 'pass' : this.fate(token);
    if (fate === 'refuse') {
      response.destroy();
      return;
    }
    const { method, url: path, headers } = request;
    const upstream = send({ host: '127.0.0.1', port: this.target, method, path, headers }, (answer) => {
      if (fate === 'drop-reply' && answer.statusCode === 200) {
        // Read whole first: only then is the insert known to be done.
        answer.resume().once('end', () => {
          this.dropped.push(token!);
          response.destroy();
        });
        return;
      }
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    upstream.once('error', () => response.destroy());
    response.once('close', () => upstream.destroy());
    request.pipe(upstream);
  }
}
