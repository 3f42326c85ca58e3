import { HIDDEN, plantedData } from '../planted-data.js';
import type { PlantedData } from '../planted-data.js';
import type { Findings } from '../sighting.js';
import { churnHazard } from './churn-hazard.js';
import { firstExpansion } from './first-expansion.js';
import { hiddenLandmarkRisk, landmarkRisk } from './landmark-risk.js';
import { playbooks } from './playbooks.js';
import { setupDrift } from './setup-drift.js';
import { smallSegments } from './small-segments.js';
import { stepMemory } from './step-memory.js';
import { stepOrder } from './step-order.js';
import { termEnd } from './term-end.js';
import { touchRemoval } from './touch-removal.js';

const EFFECTS: readonly ((data: PlantedData) => Findings)[] = [
  churnHazard,
  termEnd,
  firstExpansion,
  landmarkRisk,
  stepOrder,
  playbooks,
];

/** What one seed says of effects, of companies of so many accounts. */
export function effectsOf(seed: number, accounts: number): Findings[] {
  const data = plantedData(seed, accounts);
  return [...EFFECTS.map((question) => question(data)), hiddenLandmarkRisk(plantedData(seed, accounts, HIDDEN))];
}

const OTHERS = [smallSegments, stepMemory, touchRemoval];

/** All that one seed has to say. */
export function findingsOf(seed: number): Findings[] {
  const data = plantedData(seed, ACCOUNTS);
  return [...effectsOf(seed, ACCOUNTS), ...OTHERS.map((question) => question(data)), setupDrift(seed)];
}

const ACCOUNTS = 4000;
