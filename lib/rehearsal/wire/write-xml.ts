/**
 * What can be written as XML: an object is elements by name, a list under a name is that element again and again,
 * undefined is no element.
 */
export type Xml = string | number | boolean | Date | undefined | XmlElements | readonly Xml[];

export interface XmlElements {
  readonly [name: string]: Xml;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** What XML 1.0 cannot say, even escaped. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const escape = (text: string): string =>
  text.replace(UNSPEAKABLE, '').replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);

function writeElement(name: string, value: Xml): string {
  if (value === undefined) return '';
  if (isList(value)) return value.map((item) => writeElement(name, item)).join('');
  return `<${name}>${writeContent(value)}</${name}>`;
}

function writeContent(value: Exclude<Xml, readonly Xml[] | undefined>): string {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? writeElements(value) : escape(String(value));
}

const isList = (value: Xml): value is readonly Xml[] => Array.isArray(value);

const writeElements = (elements: XmlElements): string =>
  Object.entries(elements)
    .map(([name, value]) => writeElement(name, value))
    .join('');

/** A document with one root element. */
export function writeXml(root: string, namespace: string, elements: XmlElements): string {
  return `<${root} xmlns="${namespace}">${writeElements(elements)}</${root}>`;
}
