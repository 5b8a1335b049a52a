import { gzipSync } from 'node:zlib';
import { dirname, join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { Function as CloudFunction } from '@pulumi/gcp/cloudfunctionsv2';
import { ServiceIamMember } from '@pulumi/gcp/cloudrunv2';
import { Job } from '@pulumi/gcp/cloudscheduler';
import { Database, Document } from '@pulumi/gcp/firestore';
import { Topic } from '@pulumi/gcp/pubsub';
import { Bucket, BucketObject } from '@pulumi/gcp/storage';
import type { Account } from '@pulumi/gcp/serviceaccount';
import {
  firestoreDatabase,
  fittingName,
  googleFunctionName,
  SETTINGS_VARIABLE,
  settingsDocument,
  type GoogleEndpointSetting,
  type GoogleRunbookSettings,
} from '../runbook/contract';
import { TopologyView, UnderstudyError, type Topology } from '../topology';
import type { CloudSqlTopology } from './cloud-sql-topology';
import { runbookAccount } from './runbook-access';

export interface PromotionRunbookArgs {
  readonly database: CloudSqlTopology;
  /** The region that is recovered in: everything of the runbook is there. @default - where alone somebody can be promoted */
  readonly region?: string;
  /** @default - that of the topology */
  readonly project?: string;
  /** The names that a promotion moves. @default - Cloud SQL's own write endpoint, of a DR replica in a private network; else none */
  readonly endpoints?: readonly GoogleEndpointSetting[];
  /** Id of a secret with JSON of `username` and `password`: who asks the databases. @default - nobody asks them */
  readonly secret?: string;
  /**
   * A subnetwork of that region with a way to the databases. Without it nobody asks them: a switchover of Enterprise is not
   * possible, and only a primary that was stopped is proven to be silent. @default - none
   */
  readonly network?: { readonly network: pulumi.Input<string>; readonly subnetwork: pulumi.Input<string> };
}

/** What one invocation may take: all that a function gets that is called over HTTP. */
const LONGEST_INVOCATION = 3600;
const WATCH = 120;

/** Characters of the name of a bucket. */
const LONGEST_BUCKET = 63;

/**
 * The runbook that promotes a member of one region, with everything it needs there: functions, journal, settings, account.
 *
 * Nothing in it depends on who is primary but the settings' text: a promotion changes no name and replaces nothing.
 */
export class PromotionRunbook extends pulumi.ComponentResource {
  /** Answers whatever a runbook can be asked; who may invoke it is yours to say. */
  readonly promoteFunction: CloudFunction;
  /** Remembers every minute when the members were last alive. */
  readonly watchFunction: CloudFunction;
  readonly account: Account;
  /** Lease, journal and history. It stays when the stack is destroyed. */
  readonly firestore: Database;
  readonly topic: Topic;
  readonly settings: GoogleRunbookSettings;

  readonly #name: string;
  readonly #topology: string;
  readonly #slug: string;

  constructor(name: string, args: PromotionRunbookArgs, opts?: pulumi.ComponentResourceOptions) {
    const { topology } = args.database;
    // What is refused is refused before anything is registered.
    const region = args.region ?? recoveryRegion(topology);
    const project = projectOf(args, topology);
    super('understudy:gcp:PromotionRunbook', name, {}, opts);
    this.#name = name;
    this.#topology = topology.name;
    this.#slug = `${topology.name}-${region}`;
    this.firestore = this.#database(topology, region, project);
    this.topic = new Topic(`${name}-topic`, { name: `${this.#slug}-runbook`, project }, { parent: this });
    this.settings = settingsOf(args, { region, project, slug: this.#slug });
    this.#writeDown(topology);
    this.account = runbookAccount({
      ...{ name, slug: this.#slug, project, topic: this.topic.name, parent: this },
      endpoints: this.settings.endpoints,
      ...(args.secret === undefined ? {} : { secret: args.secret }),
    });
    const source = this.#source(region, project);
    this.promoteFunction = this.#function('promote', source, {
      args,
      entryPoint: 'answer',
      timeout: LONGEST_INVOCATION,
    });
    this.watchFunction = this.#function('watch', source, { args, entryPoint: 'watch', timeout: WATCH });
    this.#eachMinute(topology, region, project);
    this.registerOutputs({ promoteFunction: this.promoteFunction.name, database: this.firestore.name });
  }

  #database(topology: Topology, region: string, project: string): Database {
    return new Database(
      `${this.#name}-database`,
      {
        ...{ name: firestoreDatabase(topology.name, region), project, locationId: region, type: 'FIRESTORE_NATIVE' },
        ...{ deleteProtectionState: 'DELETE_PROTECTION_ENABLED', deletionPolicy: 'ABANDON' },
      },
      { parent: this, protect: true },
    );
  }

  /** The same settings for the command, which works although the function does not. */
  #writeDown({ name }: Topology): void {
    const path = settingsDocument(name).split('/');
    const { project, database } = this.settings;
    new Document(
      `${this.#name}-settings`,
      {
        ...{ project, database, collection: path.slice(0, -1).join('/'), documentId: path.at(-1) ?? '' },
        fields: JSON.stringify({ json: { stringValue: JSON.stringify(this.settings) } }),
      },
      { parent: this, dependsOn: [this.firestore] },
    );
  }

  /** The bundle was made when this package was: nothing is compiled by `pulumi up`, and nothing is installed by the build. */
  #source(region: string, project: string): BucketObject {
    const bucket = new Bucket(
      `${this.#name}-source`,
      {
        ...{ name: fittingName(`${project}-${this.#slug}-runbook`, LONGEST_BUCKET), project, location: region },
        ...{ uniformBucketLevelAccess: true, publicAccessPrevention: 'enforced', forceDestroy: true },
      },
      { parent: this },
    );
    const folder = join(dirname(require.resolve('db-understudy/package.json')), 'dist/handlers/google');
    return new BucketObject(
      `${this.#name}-bundle`,
      { bucket: bucket.name, source: new pulumi.asset.FileArchive(folder) },
      { parent: this },
    );
  }

  #function(
    what: 'promote' | 'watch',
    source: BucketObject,
    {
      args,
      entryPoint,
      timeout,
    }: { readonly args: PromotionRunbookArgs; readonly entryPoint: string; readonly timeout: number },
  ): CloudFunction {
    const { region, project } = this.settings;
    const { network } = args;
    return new CloudFunction(
      `${this.#name}-${what}`,
      {
        ...{ name: googleFunctionName(this.#topology, region, what), project, location: region },
        buildConfig: {
          ...{ runtime: 'nodejs22', entryPoint },
          source: { storageSource: { bucket: source.bucket, object: source.name, generation: source.generation } },
        },
        serviceConfig: {
          ...{ serviceAccountEmail: this.account.email, timeoutSeconds: timeout, availableMemory: '512M' },
          // Two runners of one run are one too many; the lease sees to the others.
          ...{ maxInstanceCount: what === 'watch' ? 1 : 3, maxInstanceRequestConcurrency: 1 },
          environmentVariables: {
            [SETTINGS_VARIABLE]: JSON.stringify(this.settings),
            NODE_OPTIONS: '--enable-source-maps',
          },
          ...(network === undefined
            ? {}
            : { directVpcNetworkInterfaces: [network], directVpcEgress: 'VPC_EGRESS_PRIVATE_RANGES_ONLY' }),
        },
      },
      { parent: this },
    );
  }

  /** [?] That Cloud Scheduler is in every region that Cloud SQL is in was not looked up. */
  #eachMinute({ name }: Topology, region: string, project: string): void {
    const invoker = new ServiceIamMember(
      `${this.#name}-watch-invoker`,
      {
        project,
        location: region,
        name: this.watchFunction.name,
        role: 'roles/run.invoker',
        member: this.account.member,
      },
      { parent: this },
    );
    new Job(
      `${this.#name}-each-minute`,
      {
        ...{ name: googleFunctionName(name, region, 'watch'), project, region, schedule: '* * * * *' },
        description: `Remembers when the members of ${name} were last alive`,
        // A watch of an hour ago is worth nothing.
        retryConfig: { retryCount: 0 },
        httpTarget: {
          uri: this.watchFunction.url,
          httpMethod: 'POST',
          oidcToken: { serviceAccountEmail: this.account.email, audience: this.watchFunction.url },
        },
      },
      { parent: this, dependsOn: [invoker] },
    );
  }
}

interface SettingsPlace {
  readonly region: string;
  readonly project: string;
  readonly slug: string;
}

function settingsOf(
  { database: { topology }, endpoints, secret, network }: PromotionRunbookArgs,
  { region, project, slug }: SettingsPlace,
): GoogleRunbookSettings {
  const own: readonly GoogleEndpointSetting[] = hasWriteEndpoint(topology)
    ? [{ kind: 'write-endpoint', role: 'writer' }]
    : [];
  return {
    ...{ version: 1, cloud: 'gcp', project, region },
    topology: packed(topology),
    database: firestoreDatabase(topology.name, region),
    topic: `projects/${project}/topics/${slug}-runbook`,
    endpoints: [...(endpoints ?? own)],
    ...(secret === undefined ? {} : { secret }),
    isConnected: network !== undefined && secret !== undefined,
    functionName: googleFunctionName(topology.name, region),
  };
}

/** Cloud SQL's own is one of private services access: without a private network it leads to nobody, and would stop every run. */
function hasWriteEndpoint({ gcp, members, primary }: Topology): boolean {
  const pair = members.filter(({ id }) => id === primary || id === gcp?.drReplica);
  return gcp?.drReplica !== undefined && pair.every((each) => each.gcp?.network.privateNetwork !== undefined);
}

/** Of a gzip header: the system that wrote it. Left alone, the same program has another text on another machine. */
const SYSTEM_BYTE = 9;

function packed(topology: Topology): string {
  const compressed = gzipSync(JSON.stringify(topology), { level: 9 });
  compressed[SYSTEM_BYTE] = 255;
  return compressed.toString('base64');
}

/** @throws UnderstudyError when there are several, or none */
function recoveryRegion(topology: Topology): string {
  const regions = [...new Set(new TopologyView(topology).promotable.flatMap(({ region }) => region ?? []))];
  const [only, ...others] = regions;
  if (only !== undefined && others.length === 0) return only;
  throw new UnderstudyError(
    'region-missing',
    `members of ${regions.length} regions of ${topology.name} can be promoted; allowed: ${regions.join(', ') || 'a region with a promotable replica'}; fix: name one of them in region, and make a runbook for each`,
  );
}

/** Names are made of it: it has to be known at once. @throws UnderstudyError when nothing tells the project */
function projectOf({ project }: PromotionRunbookArgs, topology: Topology): string {
  const known = project ?? topology.gcp?.project ?? new pulumi.Config('gcp').get('project');
  if (known !== undefined) return known;
  throw new UnderstudyError(
    'project-missing',
    `nothing tells the project of the runbook of ${topology.name}; allowed: a project id; fix: set gcp.project in the topology, or pulumi config set gcp:project`,
  );
}
