/** What an XML element holds: a text, or elements by name. Of several with one name, all. */
export type XmlValue = string | XmlContent;

export interface XmlContent {
  readonly [name: string]: readonly XmlValue[];
}

const TOKEN = /<\?[^>]*\?>|<(\/?)([A-Za-z_][\w.:-]*)[^<>]*?(\/?)>|([^<]+)/gy;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Open {
  readonly name: string;
  readonly content: Record<string, XmlValue[]>;
  text: string;
}

/**
 * Reads what an SDK writes: elements, texts and the usual entities; attributes say nothing.
 *
 * @returns the root element by its name, undefined if it is no such XML
 */
export function readXml(xml: string): XmlContent | undefined {
  const stack: Open[] = [{ name: '', content: {}, text: '' }];
  let read = 0;
  for (const [token, closing, name, empty, text] of xml.matchAll(TOKEN)) {
    read += token.length;
    const top = stack.at(-1);
    if (!top) return undefined;
    if (text !== undefined) top.text += unescape(text);
    if (name === undefined) continue;
    if (!closing) stack.push({ name, content: {}, text: '' });
    if ((closing || empty) && !close(stack, name)) return undefined;
  }
  const [root, ...unclosed] = stack;
  const whole = read === xml.length && unclosed.length === 0 && root && Object.keys(root.content).length === 1;
  return whole ? root.content : undefined;
}

/** Puts the element that ends into the one around it. */
function close(stack: Open[], name: string): boolean {
  const ended = stack.pop();
  const around = stack.at(-1);
  if (!around || ended?.name !== name) return false;
  const value = Object.keys(ended.content).length > 0 ? ended.content : ended.text;
  (around.content[name] ??= []).push(value);
  return true;
}

const unescape = (text: string): string =>
  text.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, decimal?: string, hex?: string, entity?: string) => {
    if (entity !== undefined) return ENTITIES[entity] ?? whole;
    return String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '0', 16) : Number(decimal));
  });

/**
 * The value with lists as lists: an element named here holds a list, whatever its items are called.
 * Of any other name, the last element counts.
 */
export function withLists(value: XmlValue, lists: ReadonlySet<string>): unknown {
  if (typeof value === 'string') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, all]) => {
      const last = all.at(-1) ?? '';
      if (!lists.has(name)) return [name, withLists(last, lists)];
      const items = typeof last === 'string' ? [] : Object.values(last).flat();
      return [name, items.map((item) => withLists(item, lists))];
    }),
  );
}
