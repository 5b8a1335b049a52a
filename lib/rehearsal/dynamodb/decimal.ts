interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

function read(text: string): Decimal {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  return {
    digits: BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`),
    exponent: Number(exponent) - fraction.length,
  };
}

/** Compares two numbers as they are written: DynamoDB keeps 38 digits, more than a JavaScript number has. */
export function compareDecimals(a: string, b: string): number {
  const [one, other] = [read(a), read(b)];
  const least = Math.min(one.exponent, other.exponent);
  const worth = ({ digits, exponent }: Decimal): bigint => digits * 10n ** BigInt(exponent - least);
  const [x, y] = [worth(one), worth(other)];
  return x < y ? -1 : x > y ? 1 : 0;
}
