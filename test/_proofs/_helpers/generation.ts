import { App, Stack } from 'aws-cdk-lib';
import { TopologyStacks, type ReplicatedInstance } from '../../../lib/aws';
import { afterPromotion, define, type MemberInput, type TopologyInput } from '../../../lib/topology';
import { templatesOf, type Templates } from './templates';

/** A database between two promotions. */
export interface Generation {
  readonly app: App;
  /** As it is synthesised. */
  readonly templates: Templates;
  readonly primary: string;
  /** Ids of the replicas that may be promoted. */
  readonly promotable: readonly string[];
  promote(id: string): Generation;
  /** With one more replica of the primary. */
  join(id: string): Generation;
}

function isPromotable({ role, declared }: ReplicatedInstance['members'][number]): boolean {
  return role === 'replica' && declared.promotion !== 'never';
}

/** A database that a topology describes. */
export class TopologyGeneration implements Generation {
  readonly app = new App();
  readonly primary: string;
  readonly templates: Templates;
  readonly promotable: readonly string[];
  readonly #input: TopologyInput;

  constructor(input: TopologyInput) {
    const { database } = new TopologyStacks(this.app, input.name, { topology: define(input) });
    this.#input = input;
    this.primary = input.primary;
    this.promotable = database.members.filter(isPromotable).map(({ memberId }) => memberId);
    this.templates = templatesOf(this.app);
  }

  promote(id: string): TopologyGeneration {
    return new TopologyGeneration(afterPromotion(this.#input, id));
  }

  join(id: string, otherwise: Partial<MemberInput> = {}): TopologyGeneration {
    const region = this.#input.members[this.primary]?.region ?? '';
    const newcomer: MemberInput = { region, replicaOf: this.primary, promotion: 1, ...otherwise };
    return new TopologyGeneration({ ...this.#input, members: { ...this.#input.members, [id]: newcomer } });
  }

  /** Without the members that are retired. */
  withoutRetired(): TopologyGeneration {
    const members = Object.entries(this.#input.members).map(([id, member]) => [
      id,
      member.retired === undefined ? member : { ...member, retired: 'removed' as const },
    ]);
    return new TopologyGeneration({ ...this.#input, members: Object.fromEntries(members) as TopologyInput['members'] });
  }
}

export interface Now {
  readonly primary: string;
  readonly retired?: readonly string[];
}

/** A program that builds a database for whoever is primary now. */
export type Program = (app: App, now?: Now) => ReplicatedInstance;

/** A database that a program declares with constructs. */
export class ProgramGeneration implements Generation {
  readonly app = new App();
  readonly primary: string;
  readonly templates: Templates;
  readonly promotable: readonly string[];
  readonly #program: Program;
  readonly #now?: Now;
  readonly #sources: ReadonlyMap<string, string | undefined>;

  constructor(program: Program, now?: Now) {
    const database = program(this.app, now);
    this.#program = program;
    this.#now = now;
    this.primary = database.primaryId;
    this.promotable = database.members.filter(isPromotable).map(({ memberId }) => memberId);
    this.#sources = new Map(database.members.map(({ memberId, declared }) => [memberId, declared.replicaOf]));
    this.templates = templatesOf(this.app);
  }

  promote(id: string): ProgramGeneration {
    const follows = (each: string | undefined): boolean =>
      each !== undefined && (each === id || follows(this.#sources.get(each)));
    const retired = [...this.#sources.keys()].filter((each) => !follows(each));
    return new ProgramGeneration(this.#program, { primary: id, retired });
  }

  join(id: string): ProgramGeneration {
    const { primary } = this;
    const program: Program = (app, now) => {
      const database = this.#program(app, now);
      const retired = now?.retired?.includes(id) === true ? 'kept' : undefined;
      database.addReplica(id, { replicaOf: primary, promotion: 1, retired, scope: Stack.of(database.member(primary)) });
      return database;
    };
    return new ProgramGeneration(program, this.#now);
  }
}
