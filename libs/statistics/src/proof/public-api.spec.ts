import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

const entry = fileURLToPath(new URL('../index.ts', import.meta.url));
const program = ts.createProgram([entry], {
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  strict: true,
  noLib: true,
  types: [],
});
const checker = program.getTypeChecker();
const resolved = (symbol: ts.Symbol) => symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol; // prettier-ignore
const exported = checker
  .getExportsOfModule(checker.getSymbolAtLocation(program.getSourceFile(entry)!)!)
  .map((symbol) => ({ name: symbol.name, symbol: resolved(symbol) }));
const isPublic = new Set(exported.map(({ symbol }) => symbol));

/** What a caller sees of a declaration: not a function's body, not what a class keeps to itself. */
function typesIn(node: ts.Node): ts.Symbol[] {
  if (ts.isBlock(node) || (ts.canHaveModifiers(node) && ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.PrivateKeyword))) return []; // prettier-ignore
  const own = ts.isTypeReferenceNode(node) || ts.isExpressionWithTypeArguments(node) ? nameOf(node) : null;
  const found = own && checker.getSymbolAtLocation(own);
  const inner: ts.Symbol[] = [];
  node.forEachChild((child) => void inner.push(...typesIn(child)));
  return found ? [resolved(found), ...inner] : inner;
}

const nameOf = (node: ts.TypeReferenceNode | ts.ExpressionWithTypeArguments): ts.Node => ts.isTypeReferenceNode(node) ? node.typeName : node.expression; // prettier-ignore

const isOurs = (symbol: ts.Symbol) =>
  !(symbol.flags & ts.SymbolFlags.TypeParameter) &&
  symbol.declarations?.some((one) => one.getSourceFile().fileName.includes('/libs/statistics/src/'));

describe('Whoever imports the library', () => {
  it('1. can name every type that its functions take or give', () => {
    const nameless = exported.flatMap(({ name, symbol }) =>
      (symbol.declarations ?? [])
        .flatMap(typesIn)
        .filter((type) => isOurs(type) && !isPublic.has(type))
        .map((type) => `${type.name}, of ${name}`),
    );
    expect(exported.length).toBeGreaterThan(200);
    expect([...new Set(nameless)]).toEqual([]);
  });

  it('2. reads of every function what it does, and of what it refuses', () => {
    const functions = exported.filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Function);
    expect(functions.length).toBeGreaterThan(80);
    const thin = functions.flatMap(({ name, symbol }) => [
      ...(ts.displayPartsToString(symbol.getDocumentationComment(checker)).length < 40 ? [`${name}: no word`] : []),
      ...(symbol.getJsDocTags(checker).some((tag) => tag.name === 'throws') ? [] : [`${name}: no @throws`]),
    ]);
    expect(thin).toEqual([]);
  });

  it('3. reads of every constant what it is', () => {
    const constants = exported.filter(({ symbol }) => symbol.flags & ts.SymbolFlags.Variable);
    const silent = constants.filter(({ symbol }) => symbol.getDocumentationComment(checker).length === 0);
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});
