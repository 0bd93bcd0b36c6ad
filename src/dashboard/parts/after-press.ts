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

addEventListener(
  'pointerdown',
  () => {
    isPressed = true;
  },
  { capture: true, passive: true },
);
for (const type of ['pointerup', 'pointercancel', 'blur'])
  addEventListener(type, release, { capture: type !== 'blur', passive: true });

export function afterPress(work: () => void): void {
  if (isPressed) waiting.push(work);
  else work();
}
