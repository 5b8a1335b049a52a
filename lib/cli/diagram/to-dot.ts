import type { Box, Card, Drawing } from './drawing';
import { dotArrows } from './dot-arrows';
import { DOT_FILLER, legendOf } from './dot-legend';
import { dotQuoted, dotText } from './dot-text';
import { PALETTE } from './palette';

/** Only a name whose widths Graphviz knows keeps the text inside its box. */
const FONT = 'Helvetica';

/** A drawing in Graphviz's DOT: a box for each Region, an arrow from each source to each of its replicas. */
export function toDot(drawing: Drawing): string {
  return [
    `digraph ${dotQuoted(drawing.name)} {`,
    `  graph [rankdir=LR, bgcolor="${PALETTE.page}", fontname="${FONT}", pad=0.25, nodesep=0.22, ranksep=0.9, labelloc=t, labeljust=l, label=<${headOf(drawing)}>]`,
    `  node [shape=box, style="rounded,filled", fontname="${FONT}", margin="0.12,0.07", penwidth=1.2]`,
    '  edge [arrowsize=0.75, penwidth=1.5]',
    // Before the boxes, or Graphviz takes its own order for theirs.
    ...dotArrows(drawing),
    ...drawing.boxes.flatMap(boxLines),
    '}',
    '',
  ].join('\n');
}

function headOf({ name, engine, facts, arrows }: Drawing): string {
  const head = `<TD ALIGN="LEFT"><FONT POINT-SIZE="20" COLOR="${PALETTE.ink}"><B>${dotText(name)}</B></FONT></TD>`;
  const below = `<TD ALIGN="LEFT"><FONT POINT-SIZE="12" COLOR="${PALETTE.faint}">${dotText(engine)}</FONT></TD>`;
  const gap = '<TD WIDTH="18"></TD>';
  const names = facts.map(
    (fact) => `<TD ALIGN="LEFT"><FONT POINT-SIZE="10" COLOR="${PALETTE.faint}">${dotText(fact.name)}</FONT></TD>`,
  );
  const values = facts.map(
    (fact) => `<TD ALIGN="LEFT"><FONT POINT-SIZE="14" COLOR="${PALETTE.ink}"><B>${dotText(fact.value)}</B></FONT></TD>`,
  );
  const objectives = table(
    `<TR>${names.join(gap)}${DOT_FILLER}</TR><TR>${values.join(gap)}${DOT_FILLER}</TR>`,
    'CELLSPACING="0" CELLPADDING="1"',
  );
  return table(
    `<TR>${head}</TR><TR>${below}</TR><TR><TD ALIGN="LEFT">${objectives}</TD></TR>${legendOf(arrows)}`,
    'CELLSPACING="0" CELLPADDING="2"',
  );
}

function boxLines({ region, cards }: Box, index: number): readonly string[] {
  return [
    `  subgraph cluster_${index} {`,
    `    graph [style="rounded,filled", fillcolor="${PALETTE.box.fill}", color="${PALETTE.box.line}", peripheries=1, penwidth=1, margin=12, labelloc=t, labeljust=l, label=<${regionLabel(region)}>]`,
    ...cards.map((card) => `    ${cardLine(card)}`),
    '  }',
  ];
}

function regionLabel(region: string): string {
  return table(
    `<TR><TD><FONT POINT-SIZE="12" COLOR="${PALETTE.faint}"><B>${dotText(region)}</B></FONT></TD></TR>`,
    'CELLPADDING="5"',
  );
}

function cardLine({ id, role, isGone, note, details }: Card): string {
  const { fill, line, text, faint } = PALETTE[role];
  const small = (words: string, align: string): string =>
    `<TD ALIGN="${align}"><FONT POINT-SIZE="9" COLOR="${faint}">${dotText(words)}</FONT></TD>`;
  const rows = [
    `<TR>${small(role.toUpperCase(), 'LEFT')}${small(note, 'RIGHT')}</TR>`,
    `<TR><TD COLSPAN="2" WIDTH="144" ALIGN="LEFT"><FONT POINT-SIZE="14" COLOR="${text}"><B>${dotText(id)}</B></FONT></TD></TR>`,
    `<TR><TD COLSPAN="2" ALIGN="LEFT"><FONT POINT-SIZE="11" COLOR="${text}">${dotText(details.join(' · ') || ' ')}</FONT></TD></TR>`,
  ];
  const style = isGone ? ', style="rounded,filled,dashed"' : '';
  // One width for all, unless an id is long.
  return `${dotQuoted(id)} [fillcolor="${fill}", color="${line}"${style}, label=<${table(rows.join(''), 'CELLSPACING="0" CELLPADDING="2"')}>]`;
}

function table(rows: string, attributes: string): string {
  return `<TABLE BORDER="0" CELLBORDER="0" ${attributes}>${rows}</TABLE>`;
}
