import type { Meta } from '@storybook/web-components-vite';
import { amountLink, closedLink, productLink, session, shirt, ticketLink } from './cast.js';
import { buy, find, settled } from './hands.js';
import { never, storyOf } from './staged.js';

export default { title: 'pay-link-modal' } satisfies Meta;

const story = storyOf('pay-link-modal');
const attributes = { open: '' };

export const Open = story({ attributes });
export const Tall = story({ attributes, link: ticketLink() });
export const Loading = story({ attributes, backend: (client) => (client.paymentLink = never) });
export const Closed = story({ attributes, link: closedLink({ status: 'exhausted' }) });
export const WithLongName = story({
  attributes,
  link: productLink([shirt()], {
    name: 'Anniversary edition of the Donaudampfschifffahrtsgesellschaft photograph collection',
    description: 'Two hundred pages, printed in Brazzaville and bound in Berlin.',
    testMode: true,
  }),
});
export const WithSlots = story({
  attributes,
  inside: `<p slot="header">Chosen by our readers.</p>
    <p slot="footer">Questions? <a href="mailto:hello@example.com">Write to us</a>.</p>`,
});
export const Done = story({ attributes }, async (element) => {
  await buy(element);
  element.client.happen(session(amountLink(), { status: 'complete', paymentStatus: 'paid' }));
  await settled();
});

/** Beside its button, where there is room; a sheet on a phone. */
export const Popover = storyOf('pay-link-button')(
  { attributes: { display: 'popover', label: 'Pay the invoice' } },
  async (element) => {
    find(element, '[part=button]').click();
    await settled();
  },
);
