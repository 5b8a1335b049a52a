/** The partition that a Region is in. */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export interface RdsName {
  readonly region: string;
  readonly account: string;
  /** Kind of resource: an instance or a parameter group. */
  readonly kind: 'db' | 'pg';
  readonly id: string;
}

export function formatArn({ region, account, kind, id }: RdsName): string {
  return `arn:${partitionOf(region)}:rds:${region}:${account}:${kind}:${id}`;
}

const ARN = /^arn:aws[a-z-]*:rds:([a-z0-9-]+):(\d{12}):(db|pg):([A-Za-z0-9.-]+)$/;

/** @returns undefined if the text is no ARN of an instance or a parameter group */
export function parseArn(text: string): RdsName | undefined {
  const [, region, account, kind, id] = ARN.exec(text) ?? [];
  return region && account && id ? { region, account, kind: kind === 'pg' ? 'pg' : 'db', id } : undefined;
}
