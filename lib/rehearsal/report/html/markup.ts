/** Text that is HTML already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand in HTML: what is no {@link Markup} is escaped, and what is not there is left out. */
export type Insert = Markup | string | number | undefined | false | readonly Insert[];

/** A template of HTML. Whatever is put into it is text, in elements and in quoted attributes alike. */
export function html(parts: TemplateStringsArray, ...inserts: readonly Insert[]): Markup {
  return new Markup(parts.map((part, index) => part + written(inserts[index])).join(''));
}

/** JSON for a script element, in which no text ends the element. */
export function json(value: unknown): Markup {
  return new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

function written(insert: Insert): string {
  if (insert === undefined || insert === false) return '';
  if (insert instanceof Markup) return insert.text;
  if (typeof insert === 'object') return insert.map(written).join('');
  return String(insert).replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
