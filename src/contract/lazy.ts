/**
 * Schemas are built on first use: building zod/mini schemas while a page loads costs several times
 * what evaluating Lit does, and most page views never read an answer.
 */
export function lazy<T>(build: () => T): () => T {
  let built: { value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
