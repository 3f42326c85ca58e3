import { readFileSync } from 'node:fs';

/** One request of each question about the company, as `npm run bench:insights` asks them. */
export const QUESTIONS = JSON.parse(readFileSync('bench/insights/questions.json', 'utf8')) as { path: string }[];
