/** Plays every story of a file in light, in dark and from right to left; axe looks at the state it reaches. */
import { expect } from '@open-wc/testing';
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import axe from 'axe-core';
import { needLanguage } from '../../src/widget/i18n/languages.js';
import { everything, settled } from '../../stories/hands.js';

type Stories = { default: Meta } & Record<string, Meta | StoryObj>;

const looks = {
  light: { scheme: 'light', lang: 'en' },
  dark: { scheme: 'dark', lang: 'en' },
  'right to left': { scheme: 'light', lang: 'ar' },
} as const;

export function proveStories({ default: { title }, ...stories }: Stories): void {
  describe(`stories of ${title}`, () => {
    before(() => needLanguage('ar', location.origin));
    afterEach(() => {
      document.body.replaceChildren();
      document.documentElement.removeAttribute('style');
      document.documentElement.lang = 'en';
    });
    for (const [name, story] of Object.entries(stories))
      for (const [look, { scheme, lang }] of Object.entries(looks))
        it(`${name}, ${look}`, async () => {
          document.documentElement.style.cssText = `color-scheme: ${scheme}; background: Canvas`;
          const canvas = document.createElement('main');
          document.body.append(canvas);
          await play(story as StoryObj, canvas);
          // The hands that play know English names: what they reached is turned around.
          document.documentElement.lang = lang;
          await settled();
          const roots = [...everything(canvas)].filter((one) => one.matches('.root'));
          const isSpoken = canvas.querySelector('[locale]') !== null;
          for (const { dir } of isSpoken ? [] : roots)
            expect(dir).to.equal(lang === 'ar' ? 'rtl' : 'ltr');
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
