/** Colours of one kind of card. */
export interface CardColours {
  readonly fill: string;
  readonly line: string;
  readonly text: string;
  readonly faint: string;
}

/** The colours of every picture. Text on its fill keeps a contrast of 4.5:1 or more (WCAG 2 AA). */
export const PALETTE = {
  page: '#ffffff',
  ink: '#1f2933',
  faint: '#5b6876',
  box: { fill: '#f5f7fa', line: '#d5dce4' },
  primary: { fill: '#1d4e6f', line: '#163d58', text: '#ffffff', faint: '#cfe3f0' },
  replica: { fill: '#ffffff', line: '#8fa6b8', text: '#1f2933', faint: '#5b6876' },
  retired: { fill: '#eceef1', line: '#b9c0c8', text: '#636b75', faint: '#636b75' },
  follows: '#4a6378',
  acrossRegions: '#b45309',
  lineage: '#9aa3ad',
} as const;
