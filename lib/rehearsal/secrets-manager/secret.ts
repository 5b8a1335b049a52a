export type Stage = 'AWSCURRENT' | 'AWSPREVIOUS' | 'AWSPENDING' | (string & {});

/** One value of a secret. Without a stage it is on its way out. */
export interface SecretVersion {
  readonly id: string;
  readonly value: string;
  /** When it was put, in milliseconds since 1970. */
  readonly at: number;
  readonly stages: readonly Stage[];
}

/** A secret, with what its Regions have in common. */
export interface Secret {
  readonly name: string;
  /** The same in all Regions: the end of the ARN. */
  readonly suffix: string;
  readonly primaryRegion: string;
  readonly replicaRegions: readonly string[];
  readonly versions: readonly SecretVersion[];
  readonly createdAt: number;
}

const without = (stages: readonly Stage[], gone: readonly Stage[]): readonly Stage[] =>
  stages.filter((stage) => !gone.includes(stage));

/**
 * The versions with one more. Its stages leave whoever has them; who was current is the previous one from then on.
 */
export function withVersion(versions: readonly SecretVersion[], added: SecretVersion): readonly SecretVersion[] {
  const replaces = added.stages.includes('AWSCURRENT') && versions.some(({ stages }) => stages.includes('AWSCURRENT'));
  const leaving = replaces ? [...added.stages, 'AWSPREVIOUS'] : added.stages;
  const moved = versions.map((version) => {
    const previous = replaces && version.stages.includes('AWSCURRENT') ? ['AWSPREVIOUS'] : [];
    return { ...version, stages: [...without(version.stages, leaving), ...previous] };
  });
  return [...moved, added];
}
