import { readFileSync } from 'node:fs';
import ts from 'typescript';

const isTest = /^(test|it|describe|testWith\w+|describe[A-Z]\w*)$/;

/** The titles of the tests and groups in a file, with … for what a template fills in. */
export function titlesOf(path: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTest.test(nameOf(node.expression)))
      titles.push(...node.arguments.flatMap((argument) => textOf(argument) ?? []));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return titles;
}

/** Of `test`, `test.each(...)`, `describe.skip` and the like, the first word. */
function nameOf(callee: ts.Expression): string {
  if (ts.isIdentifier(callee)) return callee.text;
  return ts.isCallExpression(callee) || ts.isPropertyAccessExpression(callee) ? nameOf(callee.expression) : '';
}

function textOf(node: ts.Expression): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return node.head.text + node.templateSpans.map(({ literal }) => `…${literal.text}`).join('');
}
