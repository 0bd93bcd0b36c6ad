import { ref } from 'lit/directives/ref.js';

/**
 * Of a part that is folded away: open as long as something in it is wrong, and left as it is once it is mended. Whoever
 * mends it is in the middle of it, and would else see it close over what they type.
 */
export const opened = (isFaulty: boolean) =>
  ref((element) => {
    if (isFaulty && element) (element as HTMLDetailsElement).open = true;
  });
