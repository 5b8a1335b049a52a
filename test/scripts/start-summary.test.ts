import { placesText } from '../../scripts/start-summary';

const MADE = {
  ...{ file: 'orders.yaml', diagram: 'out/orders.svg' },
  templates: ['a', 'b'].map((name) => ({ file: `out/${name}.template.json`, resources: 29, alarms: 9 })),
};

const linesOf = (text: string): readonly string[] => text.split('\n');

test('it ends with the paths of all that was made', () => {
  expect(linesOf(placesText({ ...MADE, report: { path: 'out/rehearsal/report.html' } }))).toEqual([
    '  diagram    out/orders.svg',
    '  templates  out/a.template.json        29 resources  9 alarms',
    '             out/b.template.json        29 resources  9 alarms',
    '  report     out/rehearsal/report.html',
    '',
    'next: npx cdk diff -c topology=orders.yaml, then npx cdk deploy --all -c topology=orders.yaml',
    '',
  ]);
});

test('without a rehearsal it says why', () => {
  expect(placesText({ ...MADE, report: { missing: 'no replica may be promoted' } })).toContain(
    '\n  report     none: no replica may be promoted\n',
  );
});
