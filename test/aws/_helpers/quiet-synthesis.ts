/**
 * Synthesis without CloudFormation's own validation, which takes seconds for each app. What it finds is proven once, in
 * test/_proofs, for all examples.
 */
process.env['CDK_VALIDATION'] = 'false';
