import { html, type Insert, type Markup } from './markup';

/** Something that is opened by whoever wants it. */
export function disclosure(title: string, content: Insert): Markup {
  return html`<details>
    <summary>${title}</summary>
    <div>${content}</div>
  </details>`;
}
