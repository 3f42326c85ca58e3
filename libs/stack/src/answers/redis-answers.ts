import { connect } from 'node:net';

/** PING by hand: a client library would go on reconnecting in the background. `LOADING` is not ready. */
export function redisAnswers(port: number): Promise<void> {
  return new Promise((done, fail) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('PING\r\n'));
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer to PING')));
    socket.once('data', (reply) => {
      socket.destroy();
      if (reply.toString().startsWith('+PONG')) done();
      else fail(new Error(reply.toString().trim()));
    });
    socket.once('error', fail);
    // A container engine takes the connection before Redis listens, and drops it.
    socket.once('close', () => fail(new Error('the connection was closed')));
  });
}
