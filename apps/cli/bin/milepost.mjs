#!/usr/bin/env node
import { existsSync } from 'node:fs';

const main = new URL('../dist/main.js', import.meta.url);
if (existsSync(main)) await import(main.href);
else {
  process.stderr.write('Milepost is not built yet: run `npm start`, or `npm install && npm run build`.\n');
  process.exitCode = 1;
}
