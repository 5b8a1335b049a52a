/**
 * The instance classes that versions of an engine take `only`, or do `not` take. A version stands for all that begin
 * with it, unless one says more; of others, nothing is known.
 *
 * Written by scripts/write-offered-classes.ts from rule E3062 of `@aws/cloudformation-validate` 1.9.0-beta (2026-09).
 */
export const CLASS_LIMITS_TABLE: readonly string[] = [
  'aurora-mysql 5.7 not r3.large,xlarge,2x,4x,8x r6id.24x,32x r7i.large,xlarge,2x,4x,8x,12x,16x,24x,48x r8g.large,xlarge,2x,4x,8x,12x,16x,24x,48x t4g.small,xlarge,2x',
  'aurora-mysql 8.0 8.4 not r3.large,xlarge,2x,4x,8x r4.large,xlarge,2x,4x,8x,16x t2.small,medium',
  'aurora-postgresql 11.9 11.21 only r4.large,xlarge,2x,4x,8x,16x r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'aurora-postgresql 12.22 not r6gd.xlarge,2x,4x,8x,12x,16x r6id.24x,32x r7g.large,xlarge,2x,4x,8x,12x,16x r7i.large,xlarge,2x,4x,8x,12x,16x,24x,48x r8g.large,xlarge,2x,4x,8x,12x,16x,24x,48x r8gd.xlarge,2x,4x,8x,12x,16x,24x,48x',
  'aurora-postgresql 12.9 only r4.large,xlarge,2x,4x,8x,16x r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'aurora-postgresql 13.23 14.18 14.19 14.20 14.22 14.23 15.13 15.14 15.15 15.17 15.18 16.9 16.10 16.11 16.13 16.14 17.5 17.6 17.7 17.9 17.10 18 not r4.large,xlarge,2x,4x,8x,16x',
  'aurora-postgresql 13.9 14.6 only r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'aurora-postgresql 14.17 15.10 15.12 16.8 17.4 not r4.large,xlarge,2x,4x,8x,16x t3.small,xlarge,2x t4g.xlarge,2x',
  'db2-ae 11.5 12.1 not m6idn.large,xlarge r6idn.large,xlarge',
  'db2-se 11.5 12.1 not m6idn.large,xlarge r6idn.large,xlarge',
  'mariadb 10.5 10.6 10.11 11.4 11.8 12.3 not m3.medium,large,xlarge,2x m4.large,xlarge,2x,4x,10x,16x r3.large,xlarge,2x,4x,8x r4.large,xlarge,2x,4x,8x,16x t2.micro,small,medium,large,xlarge,2x x2idn.16x,24x,32x',
  'mysql 5.7 only m5.large,xlarge,2x,4x,8x,12x,16x,24x r4.large,xlarge,2x,4x,8x,16x r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x r7g.large,xlarge,2x,4x,8x,12x,16x t2.small,medium t3.micro,small,medium,large,xlarge,2x t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'mysql 8.0 8.4 not m1.small,medium,large,xlarge m2.xlarge,2x,4x m3.medium,large,xlarge,2x m4.large,xlarge,2x,4x,10x,16x r3.large,xlarge,2x,4x,8x r4.large,xlarge,2x,4x,8x,16x t1.micro t2.micro,small,medium,large,xlarge,2x x2idn.16x,24x,32x',
  'postgres 10.5 10.6 10.11 11.4 11.8 12.3 13.23 13.23-rds 14.18 14.19 14.20 14.21 14.22 14.23 14.24 15.13 15.14 15.15 15.16 15.17 15.18 15.19 16.9 16.10 16.11 16.12 16.13 16.14 16.15 17.5 17.6 17.7 17.8 17.9 17.10 17.11 18.1 18.2 18.3 18.4 18.6 not m1.small,medium,large,xlarge m2.xlarge,2x,4x m3.medium,large,xlarge,2x m4.large,xlarge,2x,4x,10x,16x r3.large,xlarge,2x,4x,8x r4.large,xlarge,2x,4x,8x,16x t1.micro t2.micro,small,medium,large,xlarge,2x x2idn.16x,24x,32x',
  'postgres 11.22-rds only m5.large,xlarge,2x,4x,8x,12x,16x,24x m6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x m6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x r5.large,xlarge,2x,4x,8x,12x,16x,24x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x r6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.micro,small,medium,large,xlarge,2x',
  'postgres 11.5 only m6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x m6idn.2x,4x,8x,12x,16x,24x,32x m6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x m7i.large,xlarge,2x,4x,8x,12x,16x,24x,48x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x r6idn.2x,4x,8x,12x,16x,24x,32x r6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x r7i.large,xlarge,2x,4x,8x,12x,16x,24x,48x t3.small,medium,large,xlarge,2x x2iedn.xlarge,2x,4x,8x,16x,24x,32x',
  'postgres 11.9 11.21 only r4.large,xlarge,2x,4x,8x,16x r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'postgres 12.22 only m5.large,xlarge,2x,4x,8x,12x,16x,24x m6g.large,xlarge,2x,4x,8x,12x,16x m6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x m6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x r4.large,xlarge,2x,4x,8x,16x r5.large,xlarge,2x,4x,8x,12x,16x,24x r5b.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x r6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.micro,small,medium,large,xlarge,2x t4g.micro,small,medium,large,xlarge,2x x2g.large,xlarge,2x,4x,8x,12x,16x',
  'postgres 12.22-rds only m5.large,xlarge,2x,4x,8x,12x,16x,24x m6g.large,xlarge,2x,4x,8x,12x,16x m6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x m6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x r5.large,xlarge,2x,4x,8x,12x,16x,24x r5b.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x r6in.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.micro,small,medium,large,xlarge,2x t4g.micro,small,medium,large,xlarge,2x x2g.large,xlarge,2x,4x,8x,12x,16x',
  'postgres 12.9 only r4.large,xlarge,2x,4x,8x,16x r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'postgres 13.9 14.6 only r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'postgres 14.17 15.10 15.12 16.8 17.4 only r5.large,xlarge,2x,4x,8x,12x,16x,24x r6g.large,xlarge,2x,4x,8x,12x,16x r6gd.xlarge,2x,4x,8x,12x,16x r6i.large,xlarge,2x,4x,8x,12x,16x,24x,32x r6id.24x,32x r7g.large,xlarge,2x,4x,8x,12x,16x r7i.large,xlarge,2x,4x,8x,12x,16x,24x,48x r8g.large,xlarge,2x,4x,8x,12x,16x,24x,48x r8gd.xlarge,2x,4x,8x,12x,16x,24x,48x t3.medium,large t4g.medium,large x2g.large,xlarge,2x,4x,8x,12x,16x',
  'sqlserver-ee 14 15 not m4.xlarge,2x,4x,10x,16x r3.xlarge r4.xlarge,2x,4x,8x,16x x1e.xlarge,2x,4x,8x,16x,32x',
  'sqlserver-ee 16 17 not m4.xlarge,2x,4x,10x,16x r3.xlarge r4.xlarge,2x,4x,8x,16x x1.16x,32x x1e.xlarge,2x,4x,8x,16x,32x',
  'sqlserver-ex 14 15 16 17 not t1.micro t2.micro,small,medium',
  'sqlserver-se 14 15 not m3.large m4.large,xlarge,2x,4x,10x,16x r3.large r4.large,xlarge,2x,4x,8x,16x x1e.xlarge,2x,4x,8x,16x,32x',
  'sqlserver-se 16 17 not m3.large m4.large,xlarge,2x,4x,10x,16x r3.large r4.large,xlarge,2x,4x,8x,16x x1.16x,32x x1e.xlarge,2x,4x,8x,16x,32x',
  'sqlserver-web 14 15 16 not m3.medium,large m4.large,xlarge,2x,4x r3.large r4.large,xlarge,2x t2.small,medium',
];
