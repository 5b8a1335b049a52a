/** Rows of cells as lines, each column as wide as its widest cell. */
export function textTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows.reduce<number[]>((widest, row) => {
    row.forEach((cell, column) => (widest[column] = Math.max(widest[column] ?? 0, cell.length)));
    return widest;
  }, []);
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}
