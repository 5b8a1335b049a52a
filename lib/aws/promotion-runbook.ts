import { CfnOutput, Duration, Lazy, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as ssm from 'aws-cdk-lib/aws-ssm';
import type * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { SETTINGS_VARIABLE, settingsParameter } from '../runbook/contract';
import { AlarmTopic } from './alarm-topic';
import { masterSecretName } from './master-secret';

import { RunbookAlarms } from './runbook-alarms';
import { checkAutomatic, startByAlarm, type AutomaticFailover } from './runbook-automatic';
import { runbookCommands } from './runbook-commands';
import type { RunbookDatabase } from './runbook-database';
import { RunbookFunction } from './runbook-function';
import { runbookNames, type RunbookNames } from './runbook-names';
import { RunbookNamesResource } from './runbook-names-resource';
import { RunbookNetwork, type RunbookNetworkOptions } from './runbook-network';
import { grantRunbook } from './runbook-permissions';
import { compressedTopology, settingsText } from './runbook-settings-text';
import { RunbookStateMachine } from './runbook-state-machine';
import { WriterEndpoint, type BoundEndpoint, type IRunbookEndpoint } from './writer-endpoint';

export interface PromotionRunbookProps {
  /** Instances, or clusters: a `ReplicatedCluster`, a `GlobalDatabase`, a `MultiAzCluster`. */
  readonly database: RunbookDatabase;
  /** The names that a promotion moves, all of this Region. @default - the parameter `/understudy/NAME/writer` */
  readonly endpoints?: readonly IRunbookEndpoint[];
  /** Who is told of runs, and of what is wrong with the runbook. It must let CloudWatch publish. @default - a topic of its own */
  readonly topic?: sns.ITopic;
  /** A way to the databases. Without it no fence can be proven, and a failover needs a person who takes that risk. @default - none */
  readonly network?: RunbookNetworkOptions;
  /** Fail over without a person. @default - a person decides */
  readonly automatic?: AutomaticFailover;
}

/** What one invocation may take: all that Lambda gives. The state machine goes on with what takes longer. */
const LONGEST_INVOCATION = Duration.minutes(15);

/**
 * The runbook that promotes a member of this Region, with everything it needs in this Region: functions, journal, settings,
 * names, alarms. Make one for each Region that is promoted into, and for failback one where the primary is now.
 *
 * Nothing in it depends on who is primary but the settings' text: a promotion changes no name and replaces nothing.
 */
export class PromotionRunbook extends Construct {
  /** Looks and changes nothing: its role cannot. */
  readonly planFunction: lambda.IFunction;
  readonly promoteFunction: lambda.IFunction;
  /** Remembers every minute when the members were last alive. */
  readonly watchFunction: lambda.IFunction;
  readonly stateMachine: sfn.IStateMachine;
  /** Lease, journal and history. It stays when the stack is deleted. */
  readonly table: dynamodb.ITable;
  readonly topic: sns.ITopic;
  /** The settings, for the command. */
  readonly settings: ssm.IStringParameter;
  readonly alarms: readonly cloudwatch.Alarm[];

  readonly #props: PromotionRunbookProps;
  readonly #names: RunbookNames;
  readonly #endpoints: readonly BoundEndpoint[];

  constructor(scope: Construct, id: string, props: PromotionRunbookProps) {
    super(scope, id);
    const { topologyName } = props.database;
    checkAutomatic(props);
    this.#props = props;
    this.#names = runbookNames(topologyName);
    this.#endpoints = (props.endpoints ?? [WriterEndpoint.parameter()]).map((each) => each.bind(topologyName));
    this.topic = props.topic ?? new AlarmTopic(this, 'Topic', { topicName: `${topologyName}-runbook` }).topic;
    this.table = this.#createTable();
    const deadLetters = this.#createDeadLetters();
    const functions = this.#createFunctions(deadLetters);
    this.planFunction = functions.plan.function;
    this.promoteFunction = functions.promote.function;
    this.watchFunction = functions.watch.function;
    this.settings = new ssm.StringParameter(this, 'Settings', {
      parameterName: settingsParameter(topologyName),
      description: `Runbook of ${topologyName}: what the command understudy has to know`,
      stringValue: this.#settings(),
    });
    this.#createNames();
    this.stateMachine = this.#createStateMachine();
    new events.Rule(this, 'EachMinute', {
      description: `Remembers when the members of ${topologyName} were last alive`,
      schedule: events.Schedule.rate(Duration.minutes(1)),
      // A watch of an hour ago is worth nothing.
      targets: [new targets.LambdaFunction(this.watchFunction, { retryAttempts: 0 })],
    });
    this.alarms = new RunbookAlarms(this, 'Alarms', {
      name: topologyName,
      topic: this.topic,
      functions: { plan: this.planFunction, promote: this.promoteFunction, watch: this.watchFunction },
      deadLetters,
      stateMachine: this.stateMachine,
    }).alarms;
    this.#writeOutputs();
  }

  /** To ask for a plan and to look at runs, and nothing else. */
  grantPlan(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, this.planFunction);
  }

  /** To promote: by the function, by the state machine, and by the command, which reads the settings. Not to plan. */
  grantPromote(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, this.promoteFunction)
      .combine(this.stateMachine.grantStartExecution(grantee))
      .combine(this.settings.grantRead(grantee));
  }

  #createTable(): dynamodb.Table {
    return new dynamodb.Table(this, 'Table', {
      tableName: this.#names.table,
      partitionKey: { name: 'topology', type: dynamodb.AttributeType.STRING },
      sortKey: { name: 'item', type: dynamodb.AttributeType.STRING },
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      // A key of one's own would be one more thing that a promotion depends on; it holds no secrets.
      encryption: dynamodb.TableEncryption.DEFAULT,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  #createDeadLetters(): sqs.Queue {
    const queue = new sqs.Queue(this, 'DeadLetters', {
      encryption: sqs.QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue of the function that promotes; nothing reads it but a person.',
    });
    return queue;
  }

  #createFunctions(deadLetterQueue: sqs.IQueue): Record<'plan' | 'promote' | 'watch', RunbookFunction> {
    const { database, network } = this.#props;
    const { topologyName: name } = database;
    const common = {
      environment: { [SETTINGS_VARIABLE]: this.#settings() },
      engine: database.topology.engine.name,
      hasRecords: this.#endpoints.some(({ setting }) => setting.kind === 'record'),
      network: network && new RunbookNetwork(this, 'Network', { ...network, database, name }),
    };
    const functions = {
      plan: new RunbookFunction(this, 'Plan', {
        ...common,
        handler: 'plan',
        functionName: this.#names.plan,
        description: `Plans a promotion of ${name}, and changes nothing`,
        timeout: Duration.minutes(3),
      }),
      promote: new RunbookFunction(this, 'Promote', {
        ...common,
        handler: 'promote',
        functionName: this.#names.promote,
        description: `Promotes a member of ${name}`,
        timeout: LONGEST_INVOCATION,
        deadLetterQueue,
      }),
      watch: new RunbookFunction(this, 'Watch', {
        ...common,
        handler: 'watch',
        functionName: this.#names.watch,
        description: `Remembers when the members of ${name} were last alive`,
        timeout: Duration.minutes(1),
      }),
    };
    grantRunbook(functions, { database, table: this.table, topic: this.topic, endpoints: this.#endpoints });
    return functions;
  }

  #createNames(): void {
    const endpoints = this.#endpoints.filter(({ isMade }) => isMade);
    if (endpoints.length === 0) return;
    const { database } = this.#props;
    new RunbookNamesResource(this, 'Names', { database, functionName: this.#names.names, endpoints });
  }

  #createStateMachine(): sfn.IStateMachine {
    const { automatic } = this.#props;
    const { stateMachine } = new RunbookStateMachine(this, 'StateMachine', {
      name: this.#names.stateMachine,
      promote: this.promoteFunction,
      plan: automatic === undefined ? undefined : this.planFunction,
    });
    if (automatic !== undefined) startByAlarm(this, automatic, stateMachine);
    return stateMachine;
  }

  /** Written when the template is: members may still be added. */
  #settings(): string {
    return Lazy.string({
      produce: () => {
        const { database, network } = this.#props;
        const { topology } = database;
        const { region } = Stack.of(this);
        return settingsText(
          this,
          {
            version: 1,
            topology: compressedTopology(topology),
            region,
            table: this.#names.table,
            topic: this.topic.topicArn,
            endpoints: this.#endpoints.map(({ setting }) => setting),
            secret: database.masterSecret && masterSecretName(topology.name),
            isConnected: network !== undefined,
            functionName: this.#names.promote,
          },
          topology,
        );
      },
    });
  }

  #writeOutputs(): void {
    const { topologyName } = this.#props.database;
    const commands = runbookCommands({
      topology: topologyName,
      region: Stack.of(this).region,
      names: this.#names,
      stateMachineArn: this.stateMachine.stateMachineArn,
    });
    for (const { id, description, value } of commands) new CfnOutput(this, id, { description, value });
  }
}

/** Of the function alone: its versions, which `grantInvoke` of the CDK adds, are none of anybody's business. */
function grantInvoke(grantee: iam.IGrantable, { functionArn }: lambda.IFunction): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions: ['lambda:InvokeFunction'], resourceArns: [functionArn] });
}
