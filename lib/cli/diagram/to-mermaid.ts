import type { MemberId } from '../../topology';
import type { Arrow, Card, Drawing } from './drawing';
import { PALETTE } from './palette';

const ROLES = ['primary', 'replica', 'retired'] as const;

/** A drawing in Mermaid, which GitHub, GitLab and most wikis show as a picture. */
export function toMermaid(drawing: Drawing): string {
  const { name, engine, facts, boxes, arrows } = drawing;
  const title = `${name}: ${[engine, ...facts.map((fact) => `${fact.name} ${fact.value}`)].join(' · ')}`;
  return [
    '---',
    // A JSON string is a YAML string, whatever is in it.
    `title: ${JSON.stringify(title)}`,
    '---',
    'flowchart LR',
    ...boxes.flatMap(({ region, cards }, index) => [
      `  subgraph region_${index} ["${mermaidText(region)}"]`,
      ...cards.map((card) => `    ${cardLine(card)}`),
      '  end',
    ]),
    ...arrows.map(
      (arrow) => `  ${nodeId(arrow.from)} ${arrow.kind === 'lineage' ? '-.->' : '-->'} ${nodeId(arrow.to)}`,
    ),
    ...ROLES.map(
      (role) =>
        `  classDef ${role} fill:${PALETTE[role].fill},stroke:${PALETTE[role].line},color:${PALETTE[role].text}`,
    ),
    ...boxes.map(
      (_, index) =>
        `  style region_${index} fill:${PALETTE.box.fill},stroke:${PALETTE.box.line},color:${PALETTE.faint}`,
    ),
    ...linkStyles(arrows),
    '',
  ].join('\n');
}

/** Hyphens can join with an arrow, and some words (`end`) are the notation's own. */
function nodeId(id: MemberId): string {
  return `m_${id.replaceAll('-', '_')}`;
}

function cardLine({ id, role, note, details }: Card): string {
  const lines = [
    `<b>${mermaidText(id)}</b>`,
    mermaidText(`${role}, ${note}`),
    ...(details.length === 0 ? [] : [mermaidText(details.join(' · '))]),
  ];
  return `${nodeId(id)}["${lines.join('<br/>')}"]:::${role}`;
}

function linkStyles(arrows: readonly Arrow[]): readonly string[] {
  const style = (colour: string, width: number, wanted: (arrow: Arrow) => boolean): readonly string[] => {
    const numbers = arrows.flatMap((arrow, index) => (wanted(arrow) ? [index] : []));
    return numbers.length === 0 ? [] : [`  linkStyle ${numbers.join(',')} stroke:${colour},stroke-width:${width}px`];
  };
  return [
    ...style(PALETTE.follows, 2, ({ kind, isCrossRegion }) => kind === 'follows' && !isCrossRegion),
    ...style(PALETTE.acrossRegions, 3, ({ kind, isCrossRegion }) => kind === 'follows' && isCrossRegion),
    ...style(PALETTE.lineage, 2, ({ kind }) => kind === 'lineage'),
  ];
}

/** A text inside quotes: Mermaid reads `#quot;` and `#35;` as characters. */
function mermaidText(text: string): string {
  return text.replaceAll(/[#"<>&\\`]/g, (character) => `#${character.charCodeAt(0)};`);
}
