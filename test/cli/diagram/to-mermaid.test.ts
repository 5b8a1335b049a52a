import { drawingOf } from '../../../lib/cli/diagram/drawing';
import { toMermaid } from '../../../lib/cli/diagram/to-mermaid';
import { parse } from '../../../lib/topology';
import { HOSTILE } from '../_helpers/drawings';
import { AFTER_PROMOTION, TWO_REGIONS } from '../_helpers/topology-texts';

const STYLES = `  classDef primary fill:#1d4e6f,stroke:#163d58,color:#ffffff
  classDef replica fill:#ffffff,stroke:#8fa6b8,color:#1f2933
  classDef retired fill:#eceef1,stroke:#b9c0c8,color:#636b75
  style region_0 fill:#f5f7fa,stroke:#d5dce4,color:#5b6876
  style region_1 fill:#f5f7fa,stroke:#d5dce4,color:#5b6876
`;

test('two Regions', () => {
  expect(toMermaid(drawingOf(parse(TWO_REGIONS)))).toBe(`---
title: "orders: PostgreSQL 17.6 · lag alarm 30s · data loss 1m · recovery (member) 10m · recovery (Region) 30m · heartbeat 10s"
---
flowchart LR
  subgraph region_0 ["us-east-1"]
    m_virginia_a["<b>virginia-a</b><br/>primary, promotion 1<br/>db.r7g.large · multi-az"]:::primary
    m_virginia_reports["<b>virginia-reports</b><br/>replica, promotion never<br/>db.r7g.large"]:::replica
  end
  subgraph region_1 ["eu-west-1"]
    m_dublin_a["<b>dublin-a</b><br/>replica, promotion 2<br/>db.r7g.large"]:::replica
    m_dublin_b["<b>dublin-b</b><br/>replica, promotion 3<br/>db.r7g.large · 17.7"]:::replica
  end
  m_virginia_a --> m_virginia_reports
  m_virginia_a --> m_dublin_a
  m_dublin_a --> m_dublin_b
${STYLES}  linkStyle 0,2 stroke:#4a6378,stroke-width:2px
  linkStyle 1 stroke:#b45309,stroke-width:3px
`);
});

test('after a promotion, lineage is dashed', () => {
  expect(toMermaid(drawingOf(parse(AFTER_PROMOTION)))).toBe(`---
title: "orders: PostgreSQL 17.6 · lag alarm 30s · heartbeat 10s"
---
flowchart LR
  subgraph region_0 ["eu-west-1"]
    m_dublin_a["<b>dublin-a</b><br/>primary, promotion 1<br/>db.r7g.large · multi-az"]:::primary
    m_dublin_b["<b>dublin-b</b><br/>replica, promotion 2<br/>db.r7g.large"]:::replica
  end
  subgraph region_1 ["us-east-1"]
    m_virginia_a["<b>virginia-a</b><br/>retired, kept<br/>db.r7g.large · multi-az"]:::retired
    m_virginia_reports["<b>virginia-reports</b><br/>retired, removed<br/>db.r7g.large"]:::retired
  end
  m_virginia_a -.-> m_virginia_reports
  m_virginia_a -.-> m_dublin_a
  m_dublin_a --> m_dublin_b
${STYLES}  linkStyle 2 stroke:#4a6378,stroke-width:2px
  linkStyle 0,1 stroke:#9aa3ad,stroke-width:2px
`);
});

test('no text is taken for notation', () => {
  const lines = toMermaid(HOSTILE).split('\n');
  expect(lines[1]).toBe(`title: ${JSON.stringify('a"b\\: <b>&"#`\\ · lag "alarm" <1m>')}`);
  expect(lines[4]).toBe('  subgraph region_0 ["#34;] #38; #60;end#62;"]');
  expect(lines[5]).toBe(
    '    m_end["<b>end</b><br/>primary, promotion never<br/>db.#34;#60;x#62;#34;#38;#35;"]:::primary',
  );
  expect(lines[8]).toBe('  m_end --> m_x_y');
});
