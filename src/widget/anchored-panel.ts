/** Keeps a panel of the top layer beside its anchor, where there is room for it. */
import { computePosition, type Platform } from '@floating-ui/core';

const sizeOf = ({ offsetWidth: width, offsetHeight: height }: HTMLElement) => ({ width, height });

/** In the top layer nothing clips but the window: a tenth of what a whole page would need. */
const platform = {
  getDimensions: sizeOf,
  getElementRects: ({ reference, floating }) => ({
    reference: reference.getBoundingClientRect(),
    floating: { x: 0, y: 0, ...sizeOf(floating) },
  }),
  isRTL: (element) => getComputedStyle(element).direction === 'rtl',
} satisfies Partial<Platform> as unknown as Platform;

/** Between panel, anchor and the window's edges. */
const gap = 6;

const within = (start: number, size: number, whole: number) =>
  `${Math.max(gap, Math.min(start, whole - size - gap))}px`;

/**
 * Follows scrolling, resizing and growing until the returned function is called.
 * @param least height in pixels, for which the anchor may be covered
 */
export function anchor(panel: HTMLElement, to: HTMLElement, least = 0): () => void {
  const { style } = panel;
  let isBelow: boolean | undefined;
  const place = async () => {
    const { top, bottom, width } = to.getBoundingClientRect();
    const below = innerHeight - bottom;
    // What grows later stays on its side.
    isBelow ??= panel.scrollHeight + 2 * gap <= below || below >= top;
    style.minWidth = `${width}px`;
    style.maxHeight = `${Math.max(isBelow ? below : top, Math.min(least, innerHeight)) - 2 * gap}px`;
    const { x, y } = await computePosition(to, panel, {
      platform,
      placement: isBelow ? 'bottom-start' : 'top-start',
    });
    style.left = within(x, panel.offsetWidth, innerWidth);
    style.top = within(isBelow ? y + gap : y - gap, panel.offsetHeight, innerHeight);
  };
  const growing = new ResizeObserver(place);
  place();
  growing.observe(panel);
  addEventListener('scroll', place, true);
  addEventListener('resize', place);
  return () => {
    growing.disconnect();
    removeEventListener('scroll', place, true);
    removeEventListener('resize', place);
    panel.removeAttribute('style');
  };
}
