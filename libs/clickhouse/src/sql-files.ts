import { readdirSync, readFileSync } from 'node:fs';

const folder = (name: string): URL => new URL(`../${name}/`, import.meta.url);

/**
 * A query by its file's name; parameters are named in it and never glued into the text. `{{name}}` stands for the text
 * of another file, so that questions share what they must not disagree on.
 */
export function query(name: string): string {
  const text = readFileSync(new URL(`${name}.sql`, folder('queries')), 'utf8');
  return text.replace(/\{\{([a-z-]+)\}\}/g, (_, part: string) => query(part).trimEnd());
}

/** Migrations in order, each as its statements. */
export function migrations(): { name: string; statements: string[] }[] {
  return readdirSync(folder('migrations'))
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ name, statements: statementsOf(readFileSync(new URL(name, folder('migrations')), 'utf8')) }));
}

function statementsOf(text: string): string[] {
  const withoutComments = text.replace(/^\s*--.*$/gm, '');
  return withoutComments
    .split(/;\s*$/m)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '');
}
