import {
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type ErrorCode,
  type Node,
  type YAMLError,
} from 'yaml';
import type { Finding, TextPosition } from './finding';

/**
 * What a text in YAML or JSON (which is YAML, too) says, held against what it should.
 *
 * @param judge what is wrong with the value, by path
 * @returns what the judge returned, with line and column in every finding; what is wrong with the text itself, instead
 */
export function readText<T extends { readonly findings: readonly Finding[] }>(
  text: string,
  judge: (value: unknown) => T,
): T | { readonly findings: readonly Finding[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    merge: true,
    prettyErrors: false,
    stringKeys: true,
    // Not `silent`: that would also keep quiet about a second document.
    logLevel: 'error',
  });
  if (document.errors.length > 0)
    return { findings: telling(document.errors).map((error) => syntaxFinding(error, lines)) };
  const { value, broken } = valueOf(document, lines);
  if (broken !== undefined) return { findings: [broken] };
  const judged = judge(value);
  const findings = judged.findings.map((finding): Finding => ({
    ...finding,
    position: positionOf(finding.path, document, lines),
  }));
  return { ...judged, findings };
}

/** The first syntax error, since the parser stumbles on after it; else every key that is written twice. */
function telling(errors: readonly YAMLError[]): readonly YAMLError[] {
  const first = errors.find(({ code }) => code !== 'DUPLICATE_KEY');
  return first === undefined ? errors : [first];
}

/** The value of a document, unless its aliases or merges make none. */
function valueOf(document: Document, lines: LineCounter): { value?: unknown; broken?: Finding } {
  try {
    return { value: document.toJS() };
  } catch (error) {
    const { message } = error as Error;
    return { broken: syntaxFinding({ code: 'BAD_ALIAS', message, pos: [0, 0] }, lines) };
  }
}

/** Where the parser's own words speak of its options. */
const OWN_WORDS: Readonly<Partial<Record<ErrorCode, string>>> = {
  DUPLICATE_KEY: 'a key is written twice in one mapping',
  MULTIPLE_DOCS: 'there is more than one document',
  NON_STRING_KEY: 'a key is a list or a mapping',
};

function syntaxFinding(error: Pick<YAMLError, 'code' | 'message' | 'pos'>, lines: LineCounter): Finding {
  const duplicate = error.code === 'DUPLICATE_KEY';
  return {
    code: duplicate ? 'duplicate-key' : 'syntax',
    severity: 'error',
    path: [],
    problem: OWN_WORDS[error.code] ?? `this is neither YAML nor JSON: ${lowerFirst(error.message)}`,
    allowed: duplicate ? 'each key, and each id of a member, once' : 'one YAML or JSON document',
    fix: duplicate ? 'rename one of the two' : 'correct the line',
    position: place(error.pos[0], lines),
  };
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function place(offset: number, lines: LineCounter): TextPosition {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** Where the deepest part of the path stands that the text has. */
function positionOf(path: readonly string[], document: Document, lines: LineCounter): TextPosition {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key);
      if (pair === undefined) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(key)];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else break;
  }
  return place(offset, lines);
}
