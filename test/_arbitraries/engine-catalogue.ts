import type { InstanceEngineName } from '../../lib/topology';

/** What the arbitraries may choose for an engine; every combination is one that RDS offers. */
export interface CatalogueEntry {
  /** Undefined stands for an engine without editions. */
  readonly editions: readonly (string | undefined)[];
  /** By major, oldest minor first. */
  readonly versions: readonly (readonly string[])[];
  /** Where it is not known which classes are offered. */
  readonly classes: readonly string[];
  readonly license?: 'license-included' | 'bring-your-own-license';
  /** Parameters without which the engine cannot be declared, or that it may well have. */
  readonly parameters: Readonly<Record<string, string>>;
}

const OPEN_SOURCE = {
  editions: [undefined],
  classes: ['db.r6i.xlarge', 'db.m6i.2xlarge'],
} as const;

const COMMERCIAL = { classes: ['db.r6i.xlarge', 'db.m6i.2xlarge', 'db.r6i.4xlarge'] } as const;

/** Versions were sanity-checked with `@aws/cloudformation-validate` (E9006). */
export const CATALOGUE: Readonly<Record<InstanceEngineName, CatalogueEntry>> = {
  mysql: {
    ...OPEN_SOURCE,
    versions: [
      ['8.4.3', '8.4.7'],
      ['8.0.40', '8.0.46'],
    ],
    parameters: { max_connections: '500' },
  },
  mariadb: {
    ...OPEN_SOURCE,
    versions: [['11.8.3', '11.8.6'], ['11.4.9'], ['10.11.11', '10.11.16'], ['10.6.25']],
    parameters: { max_connections: '500' },
  },
  postgres: {
    ...OPEN_SOURCE,
    versions: [
      ['18.3'],
      ['17.6', '17.10'],
      ['16.10', '16.13'],
      ['15.4', '15.17'],
      ['14.1', '14.19'],
      ['13.11', '13.23'],
    ],
    parameters: { 'rds.force_ssl': '1' },
  },
  oracle: {
    ...COMMERCIAL,
    editions: ['ee', 'ee-cdb'],
    versions: [['19.0.0.0.ru-2025-10.rur-2025-10.r1']],
    license: 'bring-your-own-license',
    parameters: { open_cursors: '500' },
  },
  sqlserver: {
    ...COMMERCIAL,
    editions: ['ee'],
    versions: [['16.00.4236.2.v1'], ['15.00.4455.2.v1']],
    license: 'license-included',
    parameters: { 'max server memory (mb)': '16384' },
  },
  db2: {
    ...COMMERCIAL,
    editions: ['ae', 'se'],
    versions: [['11.5.9.0.sb00089214.r1'], ['12.1.4.0.sb00085812.r1']],
    license: 'bring-your-own-license',
    parameters: { 'rds.ibm_customer_id': '123456', 'rds.ibm_site_id': '1234567890' },
  },
};

/** Regions of a partition. A topology spreads among {@link NEIGHBOURS} that follow each other. */
export const REGION_POOLS: Readonly<Record<string, readonly string[]>> = {
  aws: [
    ...['eu-west-1', 'eu-central-1', 'us-east-1', 'us-west-2', 'ap-northeast-1', 'ap-southeast-2', 'af-south-1'],
    ...['ca-central-1', 'ca-west-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-2', 'eu-west-3', 'us-west-1'],
    ...[
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'me-west-1',
      'mx-central-1',
      'sa-east-1',
      'us-east-2',
      'ap-east-1',
    ],
    ...['ap-east-2', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-south-2', 'ap-southeast-1'],
    ...['ap-southeast-3', 'ap-southeast-4', 'ap-southeast-5', 'ap-southeast-6', 'ap-southeast-7', 'eu-central-2'],
  ],
  'aws-us-gov': ['us-gov-west-1', 'us-gov-east-1'],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
};

/** Most Regions of one topology: among all of them, hardly two members would ever be in the same. */
export const NEIGHBOURS = 6;
