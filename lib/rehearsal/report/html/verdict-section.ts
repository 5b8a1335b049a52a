import type { ReportedRehearsal } from '../report-schema';
import { html, type Markup } from './markup';
import { promiseTitle } from './promise-title';
import { countText } from './amount-text';
import { withMoments } from './with-moments';

/** What was promised, what was broken of it, and which risk somebody took. */
export function verdictSection(rehearsal: ReportedRehearsal): Markup {
  const { promises, isKept, runs } = rehearsal;
  const broken = promises.filter((each) => !each.isKept);
  const inOrder = [...broken, ...promises.filter((each) => each.isKept)];
  const risks = [...new Set(runs.flatMap(({ result }) => result?.fence?.accepted ?? []).map(riskText))];
  return html`<section class="verdict ${isKept ? 'kept' : 'broken'}">
    <h3>${verdictText(promises)}</h3>
    ${risks.map((risk) => html`<p class="risk">${risk}</p>`)}
    <ul class="promises">
      ${inOrder.map(
        (each) =>
          html`<li class="${each.isKept ? 'kept' : 'broken'}">
            <b>${promiseTitle(each.id)}</b><span class="sr"> ${each.isKept ? '(kept)' : '(broken)'}:</span>
            <span class="seen">${withMoments(each.seen, rehearsal)}</span>
          </li>`,
      )}
    </ul>
  </section>`;
}

/** In one sentence. */
export function verdictText(promises: ReportedRehearsal['promises']): string {
  const broken = promises.filter(({ isKept }) => !isKept).length;
  if (broken > 0)
    return `${broken} of ${countText(promises.length, 'promise')} ${broken === 1 ? 'was' : 'were'} broken`;
  return `Every promise was kept: ${promises.length} of ${promises.length}`;
}

function riskText({ by, reason }: { readonly by: string; readonly reason: string }): string {
  return `The fence is not proven. ${by} took the risk that the old primary still takes writes: ${reason}`;
}
