import type { TopologyInput } from '../../lib/topology';
import { TopologyView, type InstanceEngineName, type Member } from '../../lib/topology';
import { parseInstanceClass, type InstanceClass } from '../../lib/topology/instance-class';
import { isOffered, offeredClasses } from '../../lib/topology/offered-classes';
import type { TopologyWish } from './arbitrary-topology';
import { modelOf } from './edits';

/** A topology that is accepted, looked up, with one random number to choose by. */
export class Whole {
  readonly input: TopologyInput;
  readonly view: TopologyView;
  readonly #choice: number;

  constructor(input: TopologyInput, choice: number) {
    this.input = input;
    this.view = new TopologyView(modelOf(input));
    this.#choice = choice;
  }

  get engine(): InstanceEngineName {
    return this.view.topology.engine.name as InstanceEngineName;
  }

  get version(): string {
    return this.view.topology.engine.version ?? '';
  }

  get primary(): Member {
    const { primary } = this.view;
    if (primary === undefined) throw new Error('an accepted topology has a primary');
    return primary;
  }

  /** Members that still exist. */
  get present(): readonly Member[] {
    return this.view.topology.members.filter(({ retired }) => retired !== 'removed');
  }

  /** Replicas that nobody follows. */
  get leaves(): readonly Member[] {
    return this.view.replicas.filter((member) => this.view.followersOf(member).length === 0);
  }

  /** Replicas in another Region than the member they were created from. */
  get abroad(): readonly Member[] {
    return this.view.replicas.filter((member) => this.view.isCrossRegion(member));
  }

  /** Classes of 4 vCPUs or more that are offered to every member, where that is known. */
  get classes(): readonly (InstanceClass & { readonly size: string })[] {
    const { engine } = this.view.topology;
    const places = this.present.map(({ region = '', version }) => ({ engine: { ...engine, version }, region }));
    return [...new Set(places.flatMap(offeredClasses))]
      .filter((size) => places.every((place) => isOffered(size, place) !== false))
      .map((size) => ({ size, ...(parseInstanceClass(size) as InstanceClass) }))
      .filter(({ vcpus }) => vcpus >= 4);
  }

  get isEncrypted(): boolean {
    return this.primary.encrypted === true;
  }

  /** One of them; undefined when there is none. */
  pick<T>(from: readonly T[]): T | undefined {
    return from[this.#choice % from.length];
  }
}

/** Breaks exactly one rule of an accepted topology. */
export interface Breaker {
  /** The code of the rule. */
  readonly code: string;
  /** Which topologies can be broken so. */
  readonly wish: TopologyWish;
  /** The broken topology; undefined when this one cannot be broken so. */
  readonly break: (whole: Whole) => TopologyInput | undefined;
}

/** Engines whose replicas can have replicas. */
export const CASCADING: readonly InstanceEngineName[] = ['mysql', 'mariadb', 'postgres'];

/** Engines whose replicas cannot have replicas, whatever the version. */
export const FLAT: readonly InstanceEngineName[] = ['oracle', 'sqlserver', 'db2'];
