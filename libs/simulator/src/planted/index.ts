export { MOMENT_OUTCOMES, MOMENT_TYPES, type Moments, type MomentType } from './moments.js';
export { plantedAccounts, type AccountOptions, type PlantedAccounts } from './planted-accounts.js';
export type { PlantedCell } from './planted-cells.js';
export { plantedChunks, type ChunkOptions } from './planted-chunks.js';
export { plantedCompany, type PlantedCompany, type PlantedOptions, type PlantedPlaybook, type PlantedSegment } from './planted-company.js'; // prettier-ignore
export { plantedLife, type PlantedLife } from './planted-life.js';
export { chunkEvents, plantedRows, PLANTED_ROW_COLUMNS, type PlantedRow } from './planted-rows.js';
export { simulatePlanted, type PlantedRun } from './simulate-planted.js';
export { CHANNELS, TOUCHES, type Touch, type TouchChain } from './touch-chain.js';
export * from './truth/index.js';
