/** The partition that a Region is in. */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

export interface RdsName {
  readonly region: string;
  readonly account: string;
  /** Kind of resource: an instance, a parameter group or a cluster. */
  readonly kind: 'db' | 'pg' | 'cluster';
  readonly id: string;
}

export function formatArn({ region, account, kind, id }: RdsName): string {
  return `arn:${partitionOf(region)}:rds:${region}:${account}:${kind}:${id}`;
}

const ARN = /^arn:aws[a-z-]*:rds:([a-z0-9-]+):(\d{12}):(db|pg|cluster):([A-Za-z0-9.-]+)$/;

/** @returns undefined if the text is no ARN of one of these */
export function parseArn(text: string): RdsName | undefined {
  const [, region, account, kind, id] = ARN.exec(text) ?? [];
  if (!region || !account || !id) return undefined;
  return { region, account, kind: kind === 'pg' || kind === 'cluster' ? kind : 'db', id };
}
