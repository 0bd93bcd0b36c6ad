/**
 * What moves the page waits while something is pressed: a field that is left by pressing a button below it would
 * otherwise push the button away with its mistake, and the press would meet nothing.
 */
let isPressed = false;
let waiting: (() => void)[] = [];

const release = (): void => {
  isPressed = false;
  // The click comes first.
  setTimeout(() => {
    const due = waiting;
    waiting = [];
    for (const work of due) work();
  });
};

/** Once, before anything is pressed. */
export function watchPresses(): void {
  const press = () => {
    isPressed = true;
  };
  addEventListener('pointerdown', press, { capture: true, passive: true });
  addEventListener('pointerup', release, { capture: true, passive: true });
  addEventListener('pointercancel', release, { capture: true, passive: true });
  // Released where the page does not hear of it.
  addEventListener('blur', release);
}

export function afterPress(work: () => void): void {
  if (isPressed) waiting.push(work);
  else work();
}
