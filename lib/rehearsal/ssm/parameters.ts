import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';

export type ParameterType = 'String' | 'StringList' | 'SecureString';

/** A parameter that is there from the start, in its first version. */
export interface ParameterSeed {
  readonly region: string;
  readonly name: string;
  readonly value: string;
  /** @default 'String' */
  readonly type?: ParameterType;
}

export interface ParameterVersion {
  readonly type: ParameterType;
  readonly value: string;
  /** From 1. */
  readonly version: number;
  /** When it was put, in milliseconds since 1970. */
  readonly at: number;
}

export interface ParametersOptions {
  readonly clock: Clock;
  readonly parameters?: readonly ParameterSeed[];
}

const ALREADY_THERE =
  'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.';

/** The parameters of all Regions, with all their versions. */
export class Parameters {
  readonly #clock: Clock;
  readonly #versions = new Map<string, readonly ParameterVersion[]>();

  constructor({ clock, parameters = [] }: ParametersOptions) {
    this.#clock = clock;
    for (const { region, name, value, type = 'String' } of parameters) {
      if (this.#versions.has(address(region, name))) {
        throw new UnderstudyError(
          'seed-refused',
          `the parameter ${name} is twice in ${region}; allowed is once; rename one`,
        );
      }
      this.put(region, { name, value, type, overwrite: false });
    }
  }

  /** Every version, the first one first; none if there is no such parameter. */
  versions(region: string, name: string): readonly ParameterVersion[] {
    return this.#versions.get(address(region, name)) ?? [];
  }

  /** The value that it has now. */
  value(region: string, name: string): string | undefined {
    return this.versions(region, name).at(-1)?.value;
  }

  /** @throws ApiRefusal ParameterAlreadyExists, or ValidationException where a new one has no type */
  put(region: string, { name, value, type, overwrite }: ParameterPut): ParameterVersion {
    const before = this.versions(region, name);
    const last = before.at(-1);
    if (last && !overwrite) throw new ApiRefusal('ParameterAlreadyExists', ALREADY_THERE);
    const known = type ?? last?.type;
    if (!known) {
      throw new ApiRefusal('ValidationException', 'A parameter type is required when you create a parameter.');
    }
    const added = { type: known, value, version: (last?.version ?? 0) + 1, at: this.#clock.now() };
    this.#versions.set(address(region, name), [...before, added]);
    return added;
  }
}

export interface ParameterPut {
  readonly name: string;
  readonly value: string;
  readonly type: ParameterType | undefined;
  readonly overwrite: boolean;
}

const address = (region: string, name: string): string => `${region} ${name}`;
