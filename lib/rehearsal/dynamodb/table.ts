import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';
import { compare, onTheWire, type Item } from './attribute-value';
import type { TableSeed } from './table-seed';

interface Version {
  readonly at: number;
  /** undefined: deleted. */
  readonly item: Item | undefined;
}

export interface TableOptions {
  readonly clock: Clock;
  readonly seed: TableSeed;
  /** For how many seconds after a write a read that is not consistent sees what was before. */
  readonly staleSeconds: number;
}

const invalid = (message: string): ApiRefusal => new ApiRefusal('ValidationException', message);

/**
 * Items by key, with as much of their past as reads can still see that are not consistent.
 * How long that is, and that it is the same for all keys, is assumed: never tried live.
 */
export class Table {
  readonly region: string;
  readonly name: string;
  readonly partitionKey: string;
  readonly sortKey: string | undefined;
  readonly #options: TableOptions;
  readonly #versions = new Map<string, readonly Version[]>();

  constructor(options: TableOptions) {
    const { region, name, partitionKey = 'pk', sortKey, items = [] } = options.seed;
    this.region = region;
    this.name = name;
    this.partitionKey = partitionKey;
    this.sortKey = sortKey;
    this.#options = options;
    for (const item of items.map(onTheWire)) {
      this.#versions.set(this.#address(this.keyOf(item)), [{ at: -Infinity, item }]);
    }
  }

  get keyNames(): readonly string[] {
    return this.sortKey === undefined ? [this.partitionKey] : [this.partitionKey, this.sortKey];
  }

  /** @throws ApiRefusal ValidationException if the item has not the key that it should */
  keyOf(item: Item): Item {
    return Object.fromEntries(
      this.keyNames.map((name) => {
        const value = item[name];
        if (value === undefined) {
          throw invalid(`One or more parameter values were invalid: Missing the key ${name} in the item`);
        }
        if (value.S === undefined) {
          throw invalid(
            `One or more parameter values were invalid: Type mismatch for key ${name} expected: S actual: ${Object.keys(value).join()}`,
          );
        }
        if (value.S === '') {
          throw invalid(
            `One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty string value. Key: ${name}`,
          );
        }
        return [name, value];
      }),
    );
  }

  /** @throws ApiRefusal ValidationException if it is not exactly a key of this table */
  requireKey(key: Item): Item {
    const exact = Object.keys(key).length === this.keyNames.length && this.keyNames.every((name) => key[name]?.S);
    if (!exact) throw invalid('The provided key element does not match the schema');
    return key;
  }

  read(key: Item, consistent: boolean): Item | undefined {
    return this.#seen(this.#versions.get(this.#address(key)) ?? [], consistent);
  }

  write(key: Item, item: Item | undefined): void {
    const address = this.#address(key);
    const before = this.#versions.get(address) ?? [];
    const settled = before.findLastIndex((version) => this.#isSettled(version));
    this.#versions.set(address, [...before.slice(Math.max(0, settled)), { at: this.#options.clock.now(), item }]);
  }

  /** All items, in the order of their keys. */
  list(consistent: boolean): readonly Item[] {
    return [...this.#versions.values()]
      .map((versions) => this.#seen(versions, consistent))
      .filter((item) => item !== undefined)
      .sort((a, b) => this.compareKeys(a, b));
  }

  compareKeys(a: Item, b: Item): number {
    return this.keyNames.reduce((order, name) => order || (compare(a[name] ?? {}, b[name] ?? {}) ?? 0), 0);
  }

  #seen(versions: readonly Version[], consistent: boolean): Item | undefined {
    return versions.findLast((version) => consistent || this.#isSettled(version))?.item;
  }

  #isSettled({ at }: Version): boolean {
    return at + this.#options.staleSeconds * 1000 <= this.#options.clock.now();
  }

  #address(key: Item): string {
    return JSON.stringify(this.keyNames.map((name) => key[name]?.S));
  }
}
