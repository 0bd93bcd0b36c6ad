/** A language whose sentences come as one text, a line each, in the order of another that has the same shape. */
export const inOrder = <Shape>(shape: Shape, lines: Iterator<string>): Shape =>
  (typeof shape === 'string'
    ? lines.next().value
    : Object.fromEntries(
        Object.entries(shape as object).map(([key, part]) => [key, inOrder(part, lines)]),
      )) as Shape;
