import type { Drawing } from './drawing';
import { toDot } from './to-dot';

/** A drawing as SVG, laid out by Graphviz. The same drawing gives the same bytes. */
export async function toSvg(drawing: Drawing): Promise<string> {
  // 1.5 MB of WebAssembly: only loaded by those who draw.
  const { instance } = await import('@viz-js/viz');
  const svg = (await instance()).renderString(toDot(drawing), { format: 'svg' });
  return svg
    .slice(svg.indexOf('<svg'))
    .replaceAll(/<!--[^]*?-->\n?/g, '')
    .replaceAll('font-family="Helvetica,sans-Serif"', 'font-family="Helvetica, Arial, sans-serif"');
}
