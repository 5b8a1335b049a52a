import { html, type Insert, type Markup } from './markup';

/** One bar of a lane. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  /** Classes that colour it. */
  readonly look: string;
  /** Is hidden where it does not fit. */
  readonly label: string;
  /** All that is to be said about it. */
  readonly title: string;
}

/** A row of the picture: bars over time. Without a style sheet, a list of sentences. */
export function lane(name: Insert, bars: readonly Bar[], look = ''): Markup {
  return html`<div class="lane ${look}">
    <h4>${name}</h4>
    <ol class="track">
      ${bars.map(
        ({ from, to, look: colour, label, title }) =>
          html`<li class="bar ${colour}" style="--a:${from};--b:${to}" title="${title}">
            <span class="label" aria-hidden="true">${label}</span><span class="sr">${title}</span>
          </li>`,
      )}
    </ol>
  </div>`;
}
