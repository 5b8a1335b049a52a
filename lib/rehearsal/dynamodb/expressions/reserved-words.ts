/**
 * Words that DynamoDB keeps for itself: an attribute so called can only be named by a placeholder.
 * Those among its 573 that a field of a record might be called; the others pass here and fail there.
 */
const WORDS =
  'action add after all alter and any archive array as asc at attribute auth authorization auto backup base ' +
  'batch before begin between binary block boolean both bucket by call capacity case check class close cluster ' +
  'collection column comment commit condition conflict connect connection consistent constraint continue copy ' +
  'count counter create current cursor cycle data database date datetime day decimal default define delete ' +
  'depth desc describe descriptor detach disable disconnect domain drop duration dynamic each element else ' +
  'empty enable end equals error escape except exception exists exit export expression external extract fail ' +
  'false fetch fields file filter final finish first float for force format forward found from full function ' +
  'general get global go grant group handler hash having hold hour identified identity if ignore import in ' +
  'increment index inner input insert int integer interval into invalidate is item items iterate join key keys ' +
  'lag language large last lead leave left length less level like limit list load local location lock locks log ' +
  'long loop map match max member merge method metrics min minus minute missing mod mode modify module month ' +
  'multi name names national new next no node none not null number object of off offset old on online only open ' +
  'operator option or order other out output over owner pad parallel parameter parameters partial partition ' +
  'path percent permission plan pool position precision prepare primary private privileges procedure processed ' +
  'project property provisioning public put query quit random range rank raw read reads rebuild record reduce ' +
  'reference region release rename repeat replace request reset resource response restore restrict result ' +
  'return reverse revoke right role roles rollback routine row rows rule rules sample save scan schema scope ' +
  'search second section segment select self semi sensitive separate sequence session set sets shard share ' +
  'shared short show signal size snapshot some source space specific split sql start state status storage store ' +
  'stored stream string style sub sum system table terminated text than then throughput time timestamp to token ' +
  'total touch transaction transform trigger true truncate ttl type under undo union unique unit unknown ' +
  'unlogged unprocessed until update upper url usage use user users using uuid value valued values variable ' +
  'view views virtual void wait when where while window with within without work wrapped write year zone';

const RESERVED: ReadonlySet<string> = new Set(WORDS.split(' '));

export const isReserved = (name: string): boolean => RESERVED.has(name.toLowerCase());
