import { LineCounter, isAlias, isCollection, isMap, isNode, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair, YAMLError, YAMLWarning } from 'yaml';
import type { Fault, PlanPath, Problem } from './problem.js';
import { pathText } from './problem.js';

interface Place {
  line: number;
  column: number;
}

/** The text of one YAML file, its value, and where in the text each part of the value stands. */
export class YamlFile {
  readonly value: unknown;
  /** What keeps the text from being read as YAML. */
  readonly problems: Problem[];
  private readonly lines = new LineCounter();
  private readonly document: Document;

  constructor(
    readonly path: string,
    text: string,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false });
    this.problems = this.faults().map(({ code, message, pos }) => ({
      ...this.problem([], code === 'DUPLICATE_KEY' ? 'This name stands twice in the same place.' : message),
      ...this.placeOf(pos[0]),
    }));
    this.value = this.problems.length === 0 ? this.read() : undefined;
  }

  problem(path: PlanPath, message: string, fault: Fault = 'value'): Problem {
    return { file: this.path, ...this.locate(path, fault), path: pathText(path), message };
  }

  /** One slip in the syntax makes faults of much that follows it, so only the first is told. */
  private faults(): (YAMLError | YAMLWarning)[] {
    const { errors, warnings } = this.document;
    const syntax = errors.filter(({ code }) => code !== 'DUPLICATE_KEY');
    return syntax.length > 0 ? syntax.slice(0, 1) : [...errors, ...warnings];
  }

  /** Where a value stands; for a map or a list, and for what is missing, where the name before it stands. */
  private locate(path: PlanPath, fault: Fault): Place {
    let node = this.resolve(this.document.contents);
    let place = isNode(node) ? this.placeOfNode(node) : this.placeOf(0);
    for (const [i, step] of path.entries()) {
      if (isMap(node)) {
        const pair: Pair | undefined = node.items.find(
          ({ key }) => isScalar(key) && String(key.value) === String(step),
        );
        if (!pair) return place;
        node = this.resolve(pair.value);
        const ofName = !isScalar(node) || (fault === 'name' && i === path.length - 1);
        place = this.placeOfNode(ofName ? pair.key : pair.value);
      } else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
        place = this.placeOfNode(node.items[step]);
        node = this.resolve(node.items[step]);
      } else return place;
    }
    return place;
  }

  private resolve(node: unknown): unknown {
    return isAlias(node) ? node.resolve(this.document) : node;
  }

  private placeOfNode(node: unknown): Place {
    return this.placeOf((node as Node).range?.[0] ?? 0);
  }

  private placeOf(offset: number): Place {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  }

  /** Aliases that multiply without end make `toJS` throw. */
  private read(): unknown {
    try {
      return isCollection(this.document.contents) ? this.document.toJS() : (this.document.toJS() ?? {});
    } catch (error) {
      this.problems.push(this.problem([], (error as Error).message));
      return undefined;
    }
  }
}
