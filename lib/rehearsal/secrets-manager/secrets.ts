import { UnderstudyError } from '../../topology';
import { ApiRefusal } from '../api-refusal';
import type { Clock } from '../clock';
import { withVersion, type Secret, type Stage } from './secret';

/** A secret that is there from the start, in one version, the same in all its Regions. */
export interface SecretSeed {
  /** Where it is put. */
  readonly region: string;
  readonly name: string;
  readonly value: string;
  /** Regions that have a replica of it. @default none */
  readonly replicaRegions?: readonly string[];
}

export interface SecretsOptions {
  readonly clock: Clock;
  readonly account: string;
  readonly secrets?: readonly SecretSeed[];
}

export interface SecretPut {
  readonly id: string;
  readonly value: string;
  readonly stages: readonly Stage[];
}

const NOT_FOUND = "Secrets Manager can't find the specified secret.";

/** The secrets of all Regions. What is put where a secret is primary is in its replicas at once. */
export class Secrets {
  readonly #clock: Clock;
  readonly #account: string;
  #secrets: readonly Secret[] = [];
  #born = 0;

  constructor({ clock, account, secrets = [] }: SecretsOptions) {
    this.#clock = clock;
    this.#account = account;
    for (const { region, name, value, replicaRegions = [] } of secrets) {
      for (const home of [region, ...replicaRegions]) {
        if (this.find(home, name)) {
          throw new UnderstudyError(
            'seed-refused',
            `the secret ${name} is twice in ${home}; allowed is once; rename one`,
          );
        }
      }
      const secret = { name, suffix: this.#suffix(), primaryRegion: region, replicaRegions };
      const [at, id] = [clock.now(), `00000000-0000-4000-9000-${String(this.#born).padStart(12, '0')}`];
      const versions = [{ id, value, at, stages: ['AWSCURRENT'] }];
      this.#secrets = [...this.#secrets, { ...secret, versions, createdAt: at }];
    }
  }

  /** By name, by ARN, or by ARN without its end. */
  find(region: string, id: string): Secret | undefined {
    return this.#secrets
      .filter(({ primaryRegion, replicaRegions }) => primaryRegion === region || replicaRegions.includes(region))
      .find((secret) => {
        const arn = this.arnOf(secret, region);
        return id === secret.name || id === arn || id === arn.slice(0, -secret.suffix.length - 1);
      });
  }

  /** The value that a secret has now, or that with another stage. */
  value(region: string, name: string, stage: Stage = 'AWSCURRENT'): string | undefined {
    return this.find(region, name)?.versions.find(({ stages }) => stages.includes(stage))?.value;
  }

  /** @throws ApiRefusal ResourceNotFoundException */
  get(region: string, id: string): Secret {
    const found = this.find(region, id);
    if (found) return found;
    throw new ApiRefusal('ResourceNotFoundException', NOT_FOUND);
  }

  arnOf({ name, suffix }: Secret, region: string): string {
    return `arn:aws:secretsmanager:${region}:${this.#account}:secret:${name}-${suffix}`;
  }

  put(secret: Secret, { id, value, stages }: SecretPut): void {
    const versions = withVersion(secret.versions, { id, value, stages, at: this.#clock.now() });
    this.#replace(secret, { ...secret, versions });
  }

  /** Makes a replica a secret of its own, with all that it has. It keeps its ARN. */
  detach(secret: Secret, region: string): void {
    const replicaRegions = secret.replicaRegions.filter((replica) => replica !== region);
    this.#replace(secret, { ...secret, replicaRegions });
    this.#secrets = [...this.#secrets, { ...secret, primaryRegion: region, replicaRegions: [] }];
  }

  #replace(secret: Secret, changed: Secret): void {
    this.#secrets = this.#secrets.map((each) => (each === secret ? changed : each));
  }

  #suffix(): string {
    this.#born += 1;
    return `Und${String(this.#born).padStart(3, '0')}`;
  }
}
