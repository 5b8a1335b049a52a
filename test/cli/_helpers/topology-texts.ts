/** Two Regions, a chain, one replica that is never promoted: no finding. */
export const TWO_REGIONS = `name: orders
engine: { name: postgres, version: '17.6' }
primary: virginia-a
objectives: { lag: 30s, dataLoss: 1m, recovery: { member: 10m, region: 30m } }
heartbeat: 10s
members:
  virginia-a: { region: us-east-1, size: db.r7g.large, storage: { gib: 200 }, standby: multi-az, key: create, promotion: 1 }
  virginia-reports: { region: us-east-1, replicaOf: virginia-a, promotion: never }
  dublin-a: { region: eu-west-1, replicaOf: virginia-a, key: create, promotion: 2 }
  dublin-b: { region: eu-west-1, replicaOf: dublin-a, promotion: 3, version: '17.7' }
`;

/** After Dublin took over: one member is kept, one is only remembered. */
export const AFTER_PROMOTION = `name: orders
engine: { name: postgres, version: '17.6' }
primary: dublin-a
objectives: { lag: 30s }
heartbeat: 10s
members:
  virginia-a: { region: us-east-1, size: db.r7g.large, storage: { gib: 200 }, standby: multi-az, key: create, promotion: 1, retired: kept }
  virginia-reports: { region: us-east-1, replicaOf: virginia-a, retired: removed }
  dublin-a: { region: eu-west-1, replicaOf: virginia-a, key: create, promotion: 1, standby: multi-az }
  dublin-b: { region: eu-west-1, replicaOf: dublin-a, promotion: 2 }
`;

/** One error, on line 8. */
export const WRONG_REGION = TWO_REGIONS.replace(
  'virginia-reports: { region: us-east-1,',
  'virginia-reports: { region: us-east-9,',
);

/** One warning: the role is in a name. */
export const WARNED = TWO_REGIONS.replaceAll('virginia-reports', 'virginia-replica');
