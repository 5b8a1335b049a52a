import type { Arrow } from './drawing';
import { PALETTE } from './palette';

/** Last cell of a row: a table inside a table is stretched to its cell, each column by the same, and this has most of the columns. */
export const DOT_FILLER = '<TD COLSPAN="99"></TD>';

/** A row that says what the lines mean: only those that are in the drawing. */
export function legendOf(arrows: readonly Arrow[]): string {
  const cells = [
    ...(arrows.some(({ kind, isCrossRegion }) => kind === 'follows' && !isCrossRegion)
      ? [entry(PALETTE.follows, 'SOLID', 'follows')]
      : []),
    ...(arrows.some(({ kind, isCrossRegion }) => kind === 'follows' && isCrossRegion)
      ? [entry(PALETTE.acrossRegions, 'SOLID', 'follows across Regions')]
      : []),
    ...(arrows.some(({ kind }) => kind === 'lineage')
      ? [entry(PALETTE.lineage, 'DASHED', 'was created from, follows no more')]
      : []),
  ];
  return cells.length === 0
    ? ''
    : `<TR><TD ALIGN="LEFT"><TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2"><TR>${cells.join('')}${DOT_FILLER}</TR></TABLE></TD></TR>`;
}

/** A sample of the line: the bottom border of an empty cell, half as high as the text beside it. */
function entry(colour: string, style: 'SOLID' | 'DASHED', meaning: string): string {
  const sample = `<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"><TR><TD WIDTH="26" HEIGHT="6" SIDES="B" BORDER="2" COLOR="${colour}" STYLE="${style}"></TD></TR><TR><TD HEIGHT="6"></TD></TR></TABLE>`;
  return `<TD>${sample}</TD><TD ALIGN="LEFT"><FONT POINT-SIZE="10" COLOR="${PALETTE.faint}">${meaning}</FONT></TD><TD WIDTH="8"></TD>`;
}
