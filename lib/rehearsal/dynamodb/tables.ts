import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';
import { onTheWire, type GivenItem, type Item } from './attribute-value';
import { Table } from './table';
import type { TableSeed } from './table-seed';

export interface TablesOptions {
  readonly clock: Clock;
  readonly tables?: readonly TableSeed[];
  readonly staleSeconds: number;
}

/** The tables of all Regions: to look at them, and to change them without a call. */
export class Tables {
  readonly #tables = new Map<string, Table>();

  constructor({ clock, tables = [], staleSeconds }: TablesOptions) {
    for (const seed of tables) {
      const address = `${seed.region}/${seed.name}`;
      if (this.#tables.has(address)) {
        throw new UnderstudyError('seed-refused', `the table ${address} is twice; allowed is once; rename one`);
      }
      this.#tables.set(address, new Table({ clock, seed, staleSeconds }));
    }
  }

  /** What is in a table now, in the order of its keys. */
  items(region: string, name: string): readonly Item[] {
    return this.#table(region, name).list(true);
  }

  /** Puts an item, whatever is there. */
  put(region: string, name: string, given: GivenItem): void {
    const table = this.#table(region, name);
    const item = onTheWire(given);
    table.write(table.keyOf(item), item);
  }

  /** @throws ApiRefusal ResourceNotFoundException */
  find(region: string, name: string): Table {
    const found = this.#tables.get(`${region}/${name}`);
    if (found) return found;
    throw new ApiRefusal('ResourceNotFoundException', 'Requested resource not found');
  }

  #table(region: string, name: string): Table {
    const found = this.#tables.get(`${region}/${name}`);
    if (found) return found;
    const there = [...this.#tables.keys()].join(', ') || 'none';
    throw new UnderstudyError('no-such-table', `${region}/${name} is not there; there are: ${there}; correct the name`);
  }
}
