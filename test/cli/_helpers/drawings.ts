import type { Card, Drawing } from '../../../lib/cli/diagram/drawing';

/** A replica as most are. */
export function card(id: string, more: Partial<Card> = {}): Card {
  return { id, role: 'replica', isGone: false, note: 'promotion never', details: ['db.r7g.large'], column: 1, ...more };
}

/** Everything that a notation could take for its own is in its texts. */
export const HOSTILE: Drawing = {
  name: 'a"b\\',
  engine: '<b>&"#`\\',
  facts: [{ name: 'lag "alarm"', value: '<1m>' }],
  boxes: [
    {
      region: '"] & <end>',
      cards: [card('end', { column: 0, role: 'primary', details: ['db."<x>"&#'] }), card('x-y')],
    },
  ],
  arrows: [{ from: 'end', to: 'x-y', kind: 'follows', isCrossRegion: false }],
};

/** One primary and as many replicas as an engine can have. */
export const FIFTEEN_REPLICAS: Drawing = {
  name: 'catalogue',
  engine: 'MySQL 8.4.7',
  facts: [{ name: 'lag alarm', value: '1m' }],
  boxes: [
    { region: 'us-east-1', cards: [card('a', { column: 0, role: 'primary' }), ...fifteen().map((id) => card(id))] },
  ],
  arrows: fifteen().map((to) => ({ from: 'a', to, kind: 'follows', isCrossRegion: false })),
};

function fifteen(): readonly string[] {
  return Array.from({ length: 15 }, (_, index) => `b-${index}`);
}
