import { ApiRefusal } from '../api-refusal';

export interface Parameter {
  readonly name: string;
  readonly value: string;
  readonly method: 'immediate' | 'pending-reboot';
}

/** Named settings of database servers, in one Region. */
export interface ParameterGroup {
  readonly region: string;
  readonly name: string;
  readonly family: string;
  readonly description: string;
  /** What was changed, by name. */
  readonly changed: ReadonlyMap<string, Parameter>;
}

const isDefault = (name: string): boolean => name.startsWith('default.');

/** The parameter groups of all Regions. Those that are called `default.` are there as soon as they are named. */
export class ParameterGroups {
  readonly #groups = new Map<string, ParameterGroup>();

  list(region: string): readonly ParameterGroup[] {
    return [...this.#groups.values()].filter((group) => group.region === region);
  }

  /** What a group changes. One that nobody has made yet, as that of a seed may be, changes nothing. */
  changesIn(region: string, name: string): readonly Parameter[] {
    return [...(this.#groups.get(`${region}/${name}`)?.changed.values() ?? [])];
  }

  put(group: ParameterGroup): void {
    this.#groups.set(`${group.region}/${group.name}`, group);
  }

  /** @throws ApiRefusal DBParameterGroupNotFound */
  get(region: string, name: string): ParameterGroup {
    const found = this.#groups.get(`${region}/${name}`);
    if (found) return found;
    if (!isDefault(name)) throw new ApiRefusal('DBParameterGroupNotFound', `DBParameterGroup not found: ${name}`, 404);
    const family = name.slice('default.'.length);
    return { region, name, family, description: `Default parameter group for ${family}`, changed: new Map() };
  }

  /** @throws ApiRefusal where the group is not there or not to be changed */
  change(region: string, name: string, parameters: readonly Parameter[]): ParameterGroup {
    const group = this.#ownGroup(region, name);
    const changed = new Map([...group.changed, ...parameters.map((parameter) => [parameter.name, parameter] as const)]);
    const result = { ...group, changed };
    this.put(result);
    return result;
  }

  /**
   * Gives parameters back the values that the engine has for them.
   *
   * @throws ApiRefusal where the group is not there or not to be changed
   */
  reset(region: string, name: string, parameters: readonly string[]): void {
    const group = this.#ownGroup(region, name);
    const changed = new Map([...group.changed].filter(([parameter]) => !parameters.includes(parameter)));
    this.put({ ...group, changed });
  }

  #ownGroup(region: string, name: string): ParameterGroup {
    const group = this.get(region, name);
    if (!isDefault(name)) return group;
    throw new ApiRefusal(
      'InvalidParameterValue',
      `The parameter DBParameterGroupName is not a valid identifier. ${name} cannot be modified`,
    );
  }
}
