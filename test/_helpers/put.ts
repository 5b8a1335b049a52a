/** A copy of the value with something else at a path; undefined takes it away. For values that no type would allow. */
export function put(value: unknown, path: readonly string[], something: unknown): unknown {
  const [key, ...deeper] = path;
  if (key === undefined) return something;
  const { [key]: inner, ...others } = (value ?? {}) as Record<string, unknown>;
  const next = put(inner, deeper, something);
  return next === undefined ? others : { ...others, [key]: next };
}
