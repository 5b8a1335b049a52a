import { ApiRefusal } from '../../api-refusal';
import type { AttributeValue, Item } from '../attribute-value';
import type { TokenReader } from './token-reader';

export interface PlaceholderInput {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
}

/** What `#name` and `:value` stand for in the expressions of a call. */
export class Placeholders {
  readonly #names: Readonly<Record<string, string>>;
  readonly #values: Item;
  readonly #used = new Set<string>();

  constructor({ ExpressionAttributeNames = {}, ExpressionAttributeValues = {} }: PlaceholderInput) {
    this.#names = ExpressionAttributeNames;
    this.#values = ExpressionAttributeValues;
  }

  name(token: string, reader: TokenReader): string {
    this.#used.add(token);
    const found = this.#names[token];
    if (found !== undefined) return found;
    throw reader.invalid(
      `An expression attribute name used in the document path is not defined; attribute name: ${token}`,
    );
  }

  value(token: string, reader: TokenReader): AttributeValue {
    this.#used.add(token);
    const found = this.#values[token];
    if (found !== undefined) return found;
    throw reader.invalid(`An expression attribute value used in expression is not defined; attribute value: ${token}`);
  }

  /** @throws ApiRefusal ValidationException if one was given for nothing, once all expressions are read */
  requireAllUsed(): void {
    for (const [kind, given] of [
      ['Names', this.#names],
      ['Values', this.#values],
    ] as const) {
      const idle = Object.keys(given).filter((token) => !this.#used.has(token));
      if (idle.length === 0) continue;
      const message = `Value provided in ExpressionAttribute${kind} unused in expressions: keys: {${idle.join(', ')}}`;
      throw new ApiRefusal('ValidationException', message);
    }
  }
}
