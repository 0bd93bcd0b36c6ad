/** Plays every story of a file in light and in dark, and lets axe look at the state it reaches. */
import { expect } from '@open-wc/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import axe from 'axe-core';
import { everything } from '../../stories/hands.js';

type Stories = { default: Meta } & Record<string, Meta | StoryObj>;

const schemes = ['light', 'dark'] as const;

export function proveStories({ default: { title }, ...stories }: Stories): void {
  describe(`stories of ${title}`, () => {
    afterEach(() => {
      document.body.replaceChildren();
      document.documentElement.removeAttribute('style');
    });
    for (const [name, story] of Object.entries(stories))
      for (const scheme of schemes)
        it(`${name}, ${scheme}`, async () => {
          document.documentElement.style.cssText = `color-scheme: ${scheme}; background: Canvas`;
          const canvas = document.createElement('main');
          document.body.append(canvas);
          await play(story as StoryObj, canvas);
          expect(await findingsOf(canvas)).to.deep.equal([]);
        });
  });
}

async function play({ render, play }: StoryObj, canvasElement: HTMLElement): Promise<void> {
  const context = { canvasElement } as never;
  canvasElement.append(render?.({}, context) as HTMLElement);
  await play?.(context);
  for (const one of everything(canvasElement))
    for (const animation of one.getAnimations())
      if (animation.effect?.getComputedTiming().endTime !== Infinity) animation.finish();
}

/** One sentence for each element axe objects to. */
export async function findingsOf(canvas: HTMLElement): Promise<string[]> {
  const { violations } = await axe.run(canvas, { resultTypes: ['violations'] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}
