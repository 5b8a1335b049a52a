/**
 * Synthesis without CloudFormation's own validation, which takes seconds for each app. What it finds is proven once, in
 * test/_proofs, for all examples. Nor does it note for each element where in a program it was made, nor copy the bundles.
 */
process.env['CDK_VALIDATION'] = 'false';
process.env['CDK_CONTEXT_JSON'] = JSON.stringify({
  'aws:cdk:disable-creation-stack-traces': true,
  'aws:cdk:disable-asset-staging': true,
});
