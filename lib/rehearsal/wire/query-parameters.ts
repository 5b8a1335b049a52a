import { ApiRefusal } from '../api-refusal';

/**
 * The parameters of a call in the Query protocol: `Tags.Tag.1.Key=owner&Tags.Tag.1.Value=me`.
 * Reading one that is not what it should be is refused as the service does.
 */
export class QueryParameters {
  constructor(readonly all: Readonly<Record<string, string>>) {}

  text(name: string): string | undefined {
    const value = this.all[name];
    return value === '' ? undefined : value;
  }

  required(name: string): string {
    const value = this.text(name);
    if (value === undefined) {
      throw new ApiRefusal('MissingParameter', `The request must contain the parameter ${name}`);
    }
    return value;
  }

  integer(name: string, range: { readonly min: number; readonly max: number }): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (Number.isInteger(value) && value >= range.min && value <= range.max) return value;
    throw new ApiRefusal(
      'InvalidParameterValue',
      `Invalid value ${text} for ${name}. Must be between ${range.min} and ${range.max}`,
    );
  }

  flag(name: string): boolean | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : text === 'true';
  }

  /** A list of texts, `Name.Member.1` and so on; undefined if it was not given at all. */
  list(name: string, member: string): readonly string[] | undefined {
    const values = this.structures(name, member).flatMap(({ all }) => all[''] ?? []);
    return values.length > 0 || this.all[name] !== undefined ? values : undefined;
  }

  /** A list of structures, each as parameters of its own. */
  structures(name: string, member: string): readonly QueryParameters[] {
    const prefix = `${name}.${member}.`;
    const items = new Map<number, Record<string, string>>();
    for (const [key, value] of Object.entries(this.all)) {
      if (!key.startsWith(prefix)) continue;
      const [ordinal = '', ...rest] = key.slice(prefix.length).split('.');
      const item = items.get(Number(ordinal)) ?? {};
      item[rest.join('.')] = value;
      items.set(Number(ordinal), item);
    }
    return [...items].sort(([a], [b]) => a - b).map(([, item]) => new QueryParameters(item));
  }
}
