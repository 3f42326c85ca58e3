// Seconds that a call takes: by the clock, and of the processor, which other work on the machine moves less.

/** The least of some runs; the answer is that of the last. */
export function measured(call, { runs = 3 } = {}) {
  let [clock, processor] = [Infinity, Infinity];
  let answer;
  for (let run = 0; run < runs; run++) {
    const [began, used] = [performance.now(), process.cpuUsage()];
    answer = call();
    const { user, system } = process.cpuUsage(used);
    clock = Math.min(clock, (performance.now() - began) / 1000);
    processor = Math.min(processor, (user + system) / 1e6);
  }
  return { clock, processor, answer };
}
