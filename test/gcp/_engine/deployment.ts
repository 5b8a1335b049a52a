import type { Properties } from './cloud-sql';
import type { FakeEngine, Known, Up } from './fake-engine';
import { differences, removals, replacing } from './provider-diff';

/** What a program asks for. */
export interface Asked {
  readonly type: string;
  readonly name: string;
  readonly isCustom: boolean;
  readonly isProtected: boolean;
  /** Paths of which a change is ignored. */
  readonly ignored: readonly string[];
  readonly inputs: Properties;
}

/** What is done with a resource, or would be. */
export interface Step {
  readonly op: 'create' | 'update' | 'replace' | 'delete';
  readonly name: string;
  /** The paths that differ. Of a replacement, those because of which it is one. */
  readonly because: readonly string[];
}

export const INSTANCE = 'gcp:sql/databaseInstance:DatabaseInstance';

interface Answer {
  readonly id?: string;
  readonly outputs: Properties;
}

/** One deployment: every resource is held against the state, and changed where it differs. */
export class Deployment {
  readonly steps: Step[] = [];
  error?: string;
  readonly #engine: FakeEngine;
  readonly #isPreview: boolean;
  readonly #seen = new Set<string>();

  constructor(engine: FakeEngine, { preview = false, refresh = false }: Up) {
    this.#engine = engine;
    this.#isPreview = preview;
    if (refresh) this.#refresh();
  }

  take(asked: Asked): Answer {
    const { type, name, isCustom, inputs, isProtected } = asked;
    if (!isCustom) return { outputs: {} };
    const urn = `${type}::${name}`;
    this.#seen.add(urn);
    const known = this.#engine.state.get(urn);
    const wanted = known === undefined ? inputs : withoutIgnored(inputs, known, asked.ignored);
    const step = known === undefined ? created(name) : changed(asked, wanted, known);
    if (step !== undefined) this.steps.push(step);
    if (step?.op === 'replace' && known?.isProtected === true) this.#refuse(name, 'replace', step.because);
    // The rest of a program that fails is not carried out; the program itself is not told, so that it ends.
    if (this.#isPreview || this.error !== undefined)
      return { ...(known && { id: name }), outputs: { ...known?.outputs, ...wanted } };
    // What does not change is not looked at: the state stays as old as it was, as with Pulumi.
    const outputs = known !== undefined && step === undefined ? known.outputs : this.#apply(type, wanted, known, step);
    this.#engine.state.set(urn, { type, name, inputs: wanted, outputs, isProtected });
    return { id: name, outputs };
  }

  /** What the program does not ask for any more is deleted. */
  removeTheRest(): void {
    for (const [urn, { name, isProtected, type, inputs }] of this.#engine.state) {
      if (this.#seen.has(urn)) continue;
      this.steps.push({ op: 'delete', name, because: [] });
      if (isProtected) this.#refuse(name, 'delete', []);
      if (this.#isPreview || this.error !== undefined) continue;
      if (type === INSTANCE) this.#engine.cloud.delete(String(inputs['name']));
      this.#engine.state.delete(urn);
    }
  }

  #refuse(name: string, what: string, because: readonly string[]): void {
    const why = because.length === 0 ? '' : ` (${because.join(', ')})`;
    this.error ??= `cannot ${what} ${name}${why}: it is protected`;
  }

  #apply(type: string, wanted: Properties, known: Known | undefined, step: Step | undefined): Properties {
    if (type !== INSTANCE) return { ...wanted };
    const { cloud } = this.#engine;
    const name = String(wanted['name']);
    if (step?.op === 'create') cloud.create(name, wanted);
    if (step?.op === 'update') cloud.update(name, known?.outputs ?? {}, wanted);
    if (step?.op === 'replace') {
      cloud.delete(name);
      cloud.create(name, wanted);
    }
    return read(cloud.instance(name), name);
  }

  #refresh(): void {
    for (const [urn, known] of this.#engine.state) {
      if (known.type !== INSTANCE) continue;
      const name = String(known.inputs['name']);
      this.#engine.state.set(urn, { ...known, outputs: read(this.#engine.cloud.instance(name), name) });
    }
  }
}

/** What the API answers of an instance. */
function read(instance: Properties, name: string): Properties {
  const cluster = instance['replicationCluster'] as Properties | undefined;
  return structuredClone({
    ...instance,
    privateIpAddress: '10.20.0.3',
    connectionName: `acme-prod:${String(instance['region'])}:${name}`,
    replicationCluster: { ...cluster, psaWriteEndpoint: 'primary.a1.b2.global.sql-psa.goog.' },
  });
}

const created = (name: string): Step => ({ op: 'create', name, because: [] });

function changed({ type, name }: Asked, wanted: Properties, { outputs }: Known): Step | undefined {
  const because = [...differences(wanted, outputs), ...(type === INSTANCE ? removals(wanted, outputs) : [])];
  if (because.length === 0) return undefined;
  const replaced = type === INSTANCE ? replacing(because, wanted, outputs) : [];
  return replaced.length > 0 ? { op: 'replace', name, because: replaced } : { op: 'update', name, because };
}

/** Where a change is ignored, the state counts. */
function withoutIgnored(inputs: Properties, { outputs }: Known, ignored: readonly string[]): Properties {
  const copy = structuredClone(inputs) as Record<string, unknown>;
  for (const path of ignored) {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    let [to, from]: [unknown, unknown] = [copy, outputs];
    for (const key of keys)
      [to, from] = [(to as Properties | undefined)?.[key], (from as Properties | undefined)?.[key]];
    if (typeof to === 'object' && to !== null)
      (to as Record<string, unknown>)[last] = (from as Properties | undefined)?.[last];
  }
  return copy;
}
