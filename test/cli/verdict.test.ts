import { verdictOn } from '../../lib/cli/verdict';
import { parse, type Finding } from '../../lib/topology';
import { TWO_REGIONS } from './_helpers/topology-texts';

const finding = (severity: Finding['severity']): Finding => ({
  code: 'x',
  severity,
  path: [],
  problem: 'p',
  allowed: 'a',
  fix: 'f',
});

test('counts errors and warnings apart', () => {
  const findings = [finding('error'), finding('error'), finding('warning')];
  expect(verdictOn({ findings })).toBe('2 errors, 1 warning');
});

test('says one member and one Region in the singular', () => {
  const topology = parse(TWO_REGIONS);
  const alone = { ...topology, members: topology.members.slice(0, 1) };
  expect(verdictOn({ topology: alone, findings: [] })).toBe('0 errors, 0 warnings; 1 member in 1 Region (us-east-1)');
});
