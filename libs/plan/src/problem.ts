import { LineCounter, isNode, parseDocument } from 'yaml';
import type { Document } from 'yaml';

/** A plan file as the caller read it; this library reads no files itself. */
export interface PlanFile {
  path: string;
  text: string;
}

/** A mistake in a plan: where it stands and what is wanted instead. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  /** Dotted path within the plan, such as milestones.0.condition. */
  path: string;
  message: string;
}

type Path = readonly (string | number)[];

/** Remembers where in which file each part of a plan stands. */
export class PlanSource {
  readonly problems: Problem[] = [];
  readonly merged: Record<string, unknown> = {};
  private readonly origins = new Map<string, { file: string; document: Document; lines: LineCounter }>();

  constructor(files: readonly PlanFile[]) {
    for (const file of files) this.read(file);
  }

  /** Reports a mistake at the place that `path` leads to, or at the nearest place above it. */
  report(path: Path, message: string): void {
    const origin = this.origins.get(String(path[0] ?? ''));
    const at = origin ? locate(origin.document, origin.lines, path) : { line: 1, column: 1 };
    this.problems.push({ file: origin?.file ?? '', ...at, path: path.join('.'), message });
  }

  private read({ path: file, text }: PlanFile): void {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, merge: true });
    for (const { message, linePos } of document.errors) {
      const { line, col: column } = linePos?.[0] ?? { line: 1, col: 1 };
      this.problems.push({ file, line, column, path: '', message: message.split('\n')[0]! });
    }
    if (document.errors.length > 0) return;
    const content: unknown = document.toJS();
    if (content === null) return;
    if (typeof content !== 'object' || Array.isArray(content)) {
      this.problems.push({ file, line: 1, column: 1, path: '', message: 'Want a mapping at the top of the file.' });
      return;
    }
    for (const [key, value] of Object.entries(content)) {
      const earlier = this.origins.get(key);
      if (earlier) this.report([key], `${key} stands in ${earlier.file} too; want it in one file.`);
      else this.origins.set(key, { file, document, lines });
      this.merged[key] ??= value;
    }
  }
}

function locate(document: Document, lines: LineCounter, path: Path): { line: number; column: number } {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const { line, col: column } = lines.linePos(node.range[0]);
    return { line, column };
  }
  return { line: 1, column: 1 };
}
