import { expect } from '@open-wc/testing';
import { amountLink, session } from '../../stories/cast.js';
import { buy, cleanUp, find, has, mount, press, settled } from './mount.js';

const isSeen = (element: HTMLElement, selector: string) =>
  has(element, selector) && find(element, selector).getClientRects().length > 0;

const inside = ['header', 'footer', 'confirmation']
  .map((name) => `<p slot="${name}" id="own-${name}">Ours</p>`)
  .join('');

describe('what a page puts into the slots', () => {
  afterEach(cleanUp);

  for (const tag of ['pay-link-form', 'pay-link-modal', 'pay-link-button'] as const) {
    const open = async (options: Parameters<typeof mount>[1]) => {
      const mounted = await mount(tag, options);
      const { element } = mounted;
      if ('show' in element) element.show();
      if (tag === 'pay-link-button') await press(find(element, 'button'));
      await settled();
      return mounted;
    };
    const finish = async ({ element, client }: Awaited<ReturnType<typeof open>>) => {
      await buy(element);
      client.happen(session(amountLink(), { status: 'complete', paymentStatus: 'paid' }));
      await settled();
    };
    const link = amountLink({ description: 'Forty posters.' });

    it(`stands in ${tag} in the place of ours`, async () => {
      const mounted = await open({ link, inside });
      const { element } = mounted;
      expect(isSeen(element, '#own-header')).to.equal(true);
      expect(isSeen(element, '#own-footer')).to.equal(true);
      expect(isSeen(element, '#own-confirmation')).to.equal(false);
      expect(has(element, '.description')).to.equal(false);
      await finish(mounted);
      expect(isSeen(element, '#own-confirmation')).to.equal(true);
      expect(isSeen(element, 'h3')).to.equal(false);
      expect(isSeen(element, '.confirmation li')).to.equal(true);
    });

    it(`is missed in ${tag} by nobody: ours stands there`, async () => {
      const mounted = await open({ link });
      const { element } = mounted;
      expect(isSeen(element, '.description')).to.equal(true);
      await finish(mounted);
      expect(isSeen(element, 'h3')).to.equal(true);
      expect(isSeen(element, '.paid')).to.equal(true);
    });
  }
});
