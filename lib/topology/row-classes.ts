/** The classes of one word in a row of the generated tables: `r7g.large,2x` is `db.r7g.large` and `db.r7g.2xlarge`. */
export function rowClasses(family: string): readonly string[] {
  const dot = family.indexOf('.');
  const sizes = family.slice(dot + 1).split(',');
  return sizes.map((size) => `db.${family.slice(0, dot)}.${size.replace(/^(\d+)x(?=\.|$)/, '$1xlarge')}`);
}
