import { accountHistories } from '@milepost/clickhouse';
import { AccountSampler } from '@milepost/onboarding';
import type { Sample, SampleQuestion } from '@milepost/onboarding';
import { UsageError } from '../connections.js';
import type { Connections } from '../connections.js';
import { Progress } from '../output.js';

/** Every account's samples, out of the accepted events in ClickHouse through the live deciders. */
export async function historySamples(
  connections: Connections,
  question: SampleQuestion,
  everyInstant = false,
): Promise<Sample[]> {
  const sampler = new AccountSampler(question);
  const progress = new Progress();
  const samples: Sample[] = [];
  let accounts = 0;
  for await (const { account, events } of accountHistories(connections.clickhouse(), question.until)) {
    for (const sample of sampler.samplesOf(account, events, everyInstant)) samples.push(sample);
    if (++accounts % 1_000 === 0) progress.say(`${accounts.toLocaleString('en')} accounts`);
  }
  if (accounts === 0) throw new UsageError('ClickHouse holds no events yet: feed some first, `milepost simulate`.');
  return samples;
}
