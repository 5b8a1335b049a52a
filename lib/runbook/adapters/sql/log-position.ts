/** A text such as `16/B374D848`: a place in PostgreSQL's log. */
const LSN = /^([0-9A-F]{1,8})\/([0-9A-F]{1,8})$/i;

/**
 * The bytes of log before a place in it; undefined when the text is none, or more than a number can say exactly: 9 petabytes of
 * log.
 */
export function lsnBytes(lsn: string): number | undefined {
  const [, high, low] = LSN.exec(lsn) ?? [];
  if (high === undefined || low === undefined) return undefined;
  return exactly((BigInt(`0x${high}`) << 32n) + BigInt(`0x${low}`));
}

/** As a number; undefined when it would be rounded. */
export function exactly(count: bigint): number | undefined {
  return count <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(count) : undefined;
}
