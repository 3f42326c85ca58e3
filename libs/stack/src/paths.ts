import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const WORKSPACE = resolve(fileURLToPath(new URL('../../..', import.meta.url)));
export const NATIVE = resolve(WORKSPACE, 'libs/stack/native');

/** A process of its own, so always the built file, also when tests run this package from its sources. */
export const CHDB_SERVER = resolve(WORKSPACE, 'libs/stack/dist/native/chdb-server.js');

/** Jars and engines, shared by all stacks of a checkout: fetched once, never part of its data. */
export const TOOLS = process.env['MILEPOST_TOOLS'] ?? resolve(WORKSPACE, '.milepost/tools');
