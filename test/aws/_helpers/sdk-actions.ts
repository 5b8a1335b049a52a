import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** As IAM writes the services of the SDK's packages. */
const PREFIX: Readonly<Record<string, string>> = {
  '@aws-sdk/client-cloudwatch': 'cloudwatch',
  '@aws-sdk/client-dynamodb': 'dynamodb',
  '@aws-sdk/client-rds': 'rds',
  '@aws-sdk/client-route-53': 'route53',
  '@aws-sdk/client-secrets-manager': 'secretsmanager',
  '@aws-sdk/client-sns': 'sns',
  '@aws-sdk/client-ssm': 'ssm',
};

/** Calls that need other permissions than their own name, or more. Source: Service Authorization Reference. */
const NEEDS: Readonly<Record<string, readonly string[]>> = {
  // Each item of a transaction is allowed or not by what is done with it.
  'dynamodb:TransactWriteItems': ['dynamodb:ConditionCheckItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  // With tags, and with a key of the Region that it is made in.
  'rds:CreateDBInstanceReadReplica': [
    ...['rds:CreateDBInstanceReadReplica', 'rds:AddTagsToResource'],
    ...['kms:CreateGrant', 'kms:DescribeKey'],
  ],
  // Of an encrypted snapshot, with the key that it has.
  'rds:CopyDBClusterSnapshot': ['rds:CopyDBClusterSnapshot', 'kms:CreateGrant', 'kms:DescribeKey'],
  // To a topic with a key of its own.
  'sns:Publish': ['sns:Publish', 'kms:Decrypt', 'kms:GenerateDataKey*'],
};

const LOOKS = /^[a-z0-9]+:(BatchGet|Describe|Get|List|Query)/;

export interface SdkActions {
  /** What changes nothing. */
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** What the calls in a folder need: found in its imports of commands, whoever writes them. */
export function sdkActions(folder: string, except?: string): SdkActions {
  const files = filesIn(folder).filter((file) => except === undefined || !file.startsWith(join(folder, except)));
  const calls = files.flatMap((file) => commandsIn(file));
  const needs = (each: string): readonly string[] => NEEDS[each] ?? [each];
  const sorted = (all: readonly string[]): readonly string[] => [...new Set(all.flatMap(needs))].toSorted();
  return {
    reads: sorted(calls.filter((call) => LOOKS.test(call))),
    writes: sorted(calls.filter((call) => !LOOKS.test(call))),
  };
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

/** @throws when a file imports a package of the SDK that is not in the table: its permissions would be forgotten */
export function commandsIn(file: string, text = readFileSync(file, 'utf8')): readonly string[] {
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
  return statements.filter(ts.isImportDeclaration).flatMap(({ moduleSpecifier, importClause }) => {
    const from = (moduleSpecifier as ts.StringLiteral).text;
    const bindings = importClause?.namedBindings;
    if (!from.startsWith('@aws-sdk/client-')) return [];
    if (bindings === undefined || !ts.isNamedImports(bindings)) throw new Error(`${file} imports ${from} as a whole`);
    const prefix = PREFIX[from];
    if (prefix === undefined) throw new Error(`${file} imports ${from}, whose permissions nobody looks at`);
    const names = bindings.elements.map(({ propertyName, name }) => (propertyName ?? name).text);
    return names.filter((name) => /Command$/.test(name)).map((name) => `${prefix}:${name.replace(/Command$/, '')}`);
  });
}
