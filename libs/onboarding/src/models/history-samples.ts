import type { AccountHistory } from '../account-history.js';
import { AccountSampler } from './account-samples.js';
import type { Sample, SampleQuestion } from './account-samples.js';

/** The samples of every account: its history through the live deciders, as far as the account was observed. */
export async function historySamples(
  question: SampleQuestion,
  histories: AsyncIterable<AccountHistory>,
): Promise<Sample[]> {
  const sampler = new AccountSampler(question);
  const samples: Sample[] = [];
  for await (const history of histories) for (const sample of sampler.samplesOf(history)) samples.push(sample);
  return samples;
}
