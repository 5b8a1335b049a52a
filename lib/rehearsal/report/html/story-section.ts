import { momentText } from '../page';
import type { ReportedRehearsal } from '../report-schema';
import { html, type Markup } from './markup';
import { storyOf } from './story';

const WHO = { cloud: 'story', runbook: 'runbook', clients: 'clients' } as const;

/** What happened, in order. */
export function storySection(rehearsal: ReportedRehearsal): Markup {
  return html`<section>
    <h3>What happened</h3>
    <ol class="story">
      ${storyOf(rehearsal).map(
        ({ at, who, text, number }) =>
          html`<li class="${who}">
            <time>${momentText(at)}</time
            ><span class="who">${number === undefined ? WHO[who] : html`<b class="number">${number}</b>`}</span>
            <span>${text}</span>
          </li>`,
      )}
    </ol>
  </section>`;
}
