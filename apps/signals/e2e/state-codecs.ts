import { join } from 'node:path';
import { milestonesStateCodec, signalsStateCodec } from '@milepost/onboarding';
import { loadPlanFolder } from '@milepost/platform';
import { ROOT } from './instance.js';

const plan = loadPlanFolder(join(ROOT, 'plan'));

/** What reads states of the sample company. */
export const STATE_CODECS = { milestones: milestonesStateCodec(plan), signals: signalsStateCodec(plan) };
