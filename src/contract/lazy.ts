/**
 * Schemas are built on first use: building zod/mini schemas while a page loads costs several times
 * what evaluating Lit does, and most page views never read an answer.
 */
// The mark lets a bundle drop the schemas it never asks for.
/* @__NO_SIDE_EFFECTS__ */
export function lazy<T>(build: () => T): () => T {
  let built: { value: T } | undefined;
  return () => {
    built ??= { value: build() };
    return built.value;
  };
}
