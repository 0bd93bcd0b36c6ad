/**
 * A page may hold a thousand buttons: after the first few those in the window are drawn, then the others when the
 * browser has nothing else to do. All share the observers.
 */

import { isDarkAround } from '../styles/color-scheme.js';

interface Button extends Element {
  around: boolean | undefined;
  requestUpdate(): void;
  wake(): void;
  /** It came into view. */
  see(): void;
}

/** While it sleeps a button takes about its place, so that a thousand are not all in view. */
const placeholder =
  ':where(pay-link-button[asleep]:not([hidden])){display:inline-block;vertical-align:middle;min-width:7em;min-height:46px}';

/** A few milliseconds' work on a slow phone. */
const atOnce = 20;

/** In this task. */
let drawn = 0;
const sleepers = new Set<Button>();
let sight: IntersectionObserver | undefined;
let children: MutationObserver | undefined;

/** Draws a button at once where it must be or is one of few, else when it is seen; tells it when it is. */
export function arrange(button: Button, isUrgent: boolean): void {
  sight ??= watchWindow();
  sight.observe(button);
  if (!drawn) setTimeout(() => (drawn = 0));
  if (drawn++ < atOnce || isUrgent) button.wake();
  else {
    if (!sleepers.size) whenIdle(wakeSome);
    sleepers.add(button);
    button.setAttribute('asleep', '');
  }
}

export function forgetSleeper(button: Button): void {
  sleepers.delete(button);
  sight?.unobserve(button);
}

function watchWindow(): IntersectionObserver {
  if ('adoptedStyleSheets' in document) {
    const sheet = new CSSStyleSheet();
    sheet.insertRule(placeholder);
    document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
  }
  return new IntersectionObserver((entries) => {
    const seen = entries.filter(({ isIntersecting }) => isIntersecting);
    const buttons = seen.map(({ target }) => target as Button);
    wake(buttons);
    // What they ask for can wait until they are drawn.
    requestAnimationFrame(() => setTimeout(() => buttons.map((button) => button.see())));
  });
}

function wake(buttons: readonly Button[]): void {
  const asleep = buttons.filter((button) => sleepers.delete(button));
  for (const button of asleep) button.around = isDarkAround(button);
  for (const button of asleep) button.wake();
}

function wakeSome(): void {
  wake([...sleepers].slice(0, atOnce));
  if (sleepers.size) whenIdle(wakeSome);
}

const whenIdle = (task: () => void): unknown =>
  globalThis.requestIdleCallback?.(task) ?? setTimeout(task, 200);

/** Their words are the button's. */
export function followChildren(button: Button): void {
  children ??= new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      element?.closest<Button>('pay-link-button')?.requestUpdate();
    }
  });
  children.observe(button, { childList: true, characterData: true, subtree: true });
}
