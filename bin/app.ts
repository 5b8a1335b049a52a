#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { App } from 'aws-cdk-lib';
import { TopologyStacks } from '../lib/aws';
import { parse } from '../lib/topology';

const app = new App();
const file = (app.node.tryGetContext('topology') as string | undefined) ?? 'examples/orders.topology.yaml';
const topology = parse(readFileSync(file, 'utf8'), file);
new TopologyStacks(app, topology.name, { topology, account: process.env['CDK_DEFAULT_ACCOUNT'] });
app.synth();
