import { expect, it } from '@jest/globals';
import { Places } from './places.js';

/** Work that ends when told to. */
function job() {
  let end = (): void => undefined;
  let begun = false;
  const ended = new Promise<void>((done) => (end = done));
  const work = (): Promise<void> => ((begun = true), ended);
  return { work, end: () => end(), begun: () => begun };
}

it('runs a bounded number, the others in their order', async () => {
  const places = new Places(2, 5);
  const jobs = [job(), job(), job(), job()];
  const all = Promise.all(jobs.map(({ work }) => places.hold(work)));
  expect(jobs.map(({ begun }) => begun())).toEqual([true, true, false, false]);
  jobs[1]!.end();
  await new Promise((done) => setImmediate(done));
  expect(jobs.map(({ begun }) => begun())).toEqual([true, true, true, false]);
  for (const { end } of jobs) end();
  await all;
});

it('refuses what cannot wait, and gives the place of a failure back', async () => {
  const places = new Places(1, 1);
  const first = job();
  const held = places.hold(first.work);
  const waiting = places.hold(() => Promise.reject(new Error('no')));
  await expect(places.hold(() => Promise.resolve())).rejects.toThrow('TOO_MANY_SIMULTANEOUS_QUERIES');
  first.end();
  await held;
  await expect(waiting).rejects.toThrow('no');
  await expect(places.hold(() => Promise.resolve('in'))).resolves.toBe('in');
});
