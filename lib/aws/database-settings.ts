import type * as rds from 'aws-cdk-lib/aws-rds';

/** What is the same for every member of a database. */
export interface DatabaseSettings {
  /** Master user name. @default - the engine's customary one */
  readonly username?: string;
  /** Who keeps the master password; RDS allows no replicas of an instance whose password it manages. @default self-managed */
  readonly credentials?: 'self-managed' | 'rds-managed';
  /** Name of the database that is created with the origin. @default - none */
  readonly databaseName?: string;
  /** @default - the engine's */
  readonly port?: number;
  /** Oracle, SQL Server and Db2. @default - the engine's */
  readonly licenseModel?: rds.LicenseModel;
  /** Engine parameters. @default - the engine's */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Database Insights with Performance Insights. @default - standard, where the engine can */
  readonly insights?: 'off' | 'standard' | 'advanced';
  /** Logs to export to CloudWatch Logs; an empty list for none. @default - the engine's customary ones */
  readonly logExports?: readonly string[];
  /** IAM database authentication. @default - true, where the engine can */
  readonly iamAuthentication?: boolean;
  /** @default true */
  readonly deletionProtection?: boolean;
}
