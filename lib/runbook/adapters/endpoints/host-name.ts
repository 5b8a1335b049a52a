/** Letters, digits and hyphens between dots; the underscore is no letter of a host, but names in use have it. */
export function isHostName(text: string): boolean {
  return text.length <= 253 && /^[a-z0-9_]([a-z0-9_-]*[a-z0-9])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9])?)*$/i.test(text);
}

/** Names are compared as DNS does: without regard to case, and to the dot at their end. */
export const canonical = (name: string): string => name.toLowerCase().replace(/\.$/, '');
