import { momentText } from '../page';
import { html, type Insert } from './markup';

const INSTANT = /(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z)/;

/** A text in which instants are moments of the rehearsal, as everywhere else on the page; what was said is a title. */
export function withMoments(
  text: string,
  { began, seconds }: { readonly began: string; readonly seconds: number },
): Insert {
  return text.split(INSTANT).map((part, index) => {
    const moment = (Date.parse(part) - Date.parse(began)) / 1000;
    if (index % 2 === 0 || moment < 0 || moment > seconds) return part;
    return html`<time datetime="${part}" title="${part}">${momentText(moment)}</time>`;
  });
}
