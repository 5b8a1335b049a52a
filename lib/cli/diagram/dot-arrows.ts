import type { Arrow, Card, Drawing } from './drawing';
import { dotQuoted } from './dot-text';
import { PALETTE } from './palette';

/** The arrows of a drawing in DOT, and invisible ones that pull the cards of each column into their order. */
export function dotArrows({ boxes, arrows }: Drawing): readonly string[] {
  const cards = boxes.flatMap((box) => box.cards);
  return [...orderLines(cards), ...arrows.map((arrow) => arrowLine(arrow, cards))];
}

function arrowLine({ from, to, kind, isCrossRegion }: Arrow, cards: readonly Card[]): string {
  const colour = `color="${kind === 'lineage' ? PALETTE.lineage : isCrossRegion ? PALETTE.acrossRegions : PALETTE.follows}"`;
  const line = kind === 'lineage' ? ', style=dashed' : isCrossRegion ? ', penwidth=2' : '';
  const [source, target] = [from, to].map((id) => cards.findIndex((card) => card.id === id));
  const [first, second] = [cards[source ?? 0], cards[target ?? 0]];
  if (first !== undefined && second !== undefined && second.column > first.column) {
    return `  ${dotQuoted(from)} -> ${dotQuoted(to)}:w [${colour}${line}]`;
  }
  // To a primary: it leaves both in their columns, and agrees with the order of the cards, or Graphviz would drop that.
  const backwards = (source ?? 0) < (target ?? 0);
  const [start, end] = backwards ? [to, from] : [from, to];
  return `  ${dotQuoted(start)}:w -> ${dotQuoted(end)}:w [${colour}${line}, constraint=false${backwards ? ', dir=back' : ''}]`;
}

/** Left to itself, Graphviz puts the primary's Region last and turns replicas upside down. In crowded lineages it still may. */
function orderLines(cards: readonly Card[]): readonly string[] {
  const columns = [...new Set(cards.map(({ column }) => column))];
  return columns.flatMap((number) => {
    const column = cards
      .filter((card) => card.column === number)
      .map(({ id }) => dotQuoted(id))
      .reverse();
    return column.length < 2 ? [] : [`  ${column.join(' -> ')} [style=invis, constraint=false]`];
  });
}
