/** Keeps a panel of the top layer beside its anchor, where there is room for it. */
import { computePosition, type Platform } from '@floating-ui/core';

const sizeOf = ({ offsetWidth: width, offsetHeight: height }: HTMLElement) => ({ width, height });

/** In the top layer nothing clips but the window: a tenth of what a whole page would need. */
const platform: Platform = {
  getDimensions: sizeOf,
  getElementRects: ({ reference, floating }) => ({
    reference: reference.getBoundingClientRect(),
    floating: { x: 0, y: 0, ...sizeOf(floating) },
  }),
  getClippingRect: () => ({ x: 0, y: 0, width: innerWidth, height: innerHeight }),
  isRTL: (element) => getComputedStyle(element).direction === 'rtl',
};

/** Between panel, anchor and the window's edges. */
const gap = 6;

/** Follows scrolling and resizing until the returned function is called. */
export function anchor(panel: HTMLElement, to: HTMLElement): () => void {
  const place = async () => {
    const { top, bottom, width } = to.getBoundingClientRect();
    const below = innerHeight - bottom;
    const isBelow = panel.scrollHeight + 2 * gap <= below || below >= top;
    panel.style.minWidth = `${width}px`;
    panel.style.maxHeight = `${(isBelow ? below : top) - 2 * gap}px`;
    const { x, y } = await computePosition(to, panel, {
      platform,
      placement: isBelow ? 'bottom-start' : 'top-start',
    });
    const most = innerWidth - panel.offsetWidth - gap;
    panel.style.left = `${Math.max(gap, Math.min(x, most))}px`;
    panel.style.top = `${isBelow ? y + gap : y - gap}px`;
  };
  place();
  addEventListener('scroll', place, true);
  addEventListener('resize', place);
  return () => {
    removeEventListener('scroll', place, true);
    removeEventListener('resize', place);
  };
}
