/** From the open session to its outcome, where the buyer pays without leaving the page, and where they must. */
import type { Meta } from '@storybook/web-components-vite';
import type { CheckoutSession } from '../src/contract/index.js';
import { amountLink, byPhone, membershipLink, refuse, session } from './cast.js';
import { box, button, buy, find, pay, press, radio, settled, type } from './hands.js';
import { never, type Scene, type Staged, storyOf } from './staged.js';

export default { title: 'pay-link-form/payment' } satisfies Meta;

const story = storyOf('pay-link-form');

const scene: Scene = { isPaidHere: true, opens: byPhone };
const number = '+242 06 123 45 67';

const seen = (changes: Partial<CheckoutSession>) =>
  session(amountLink(), { ...byPhone, ...changes });

/** Types a number and asks its phone; the backend then says this of the session. */
const asking = (changes: Partial<CheckoutSession>) => async (element: Staged) => {
  await buy(element);
  await type(box(element, 'Mobile money number'), number);
  element.client.session_ = seen(changes);
  await pay(element);
};

export const ByPhone = story(scene, buy);
export const ByPhoneInFrench = story(
  { ...scene, attributes: { locale: 'fr-CG' } },
  async (element) => {
    await type(box(element, 'E-mail'), 'ada@example.com');
    await pay(element);
  },
);
export const OperatorKnown = story(scene, async (element) => {
  await buy(element);
  await type(box(element, 'Mobile money number'), number);
});
export const NumberMissing = story(scene, async (element) => {
  await buy(element);
  await pay(element);
});
export const NumberRefused = story(scene, async (element) => {
  await buy(element);
  element.client.session_ = refuse('validation_failed');
  await type(box(element, 'Mobile money number'), '06');
  await pay(element);
});
export const Asking = story(scene, async (element) => {
  await buy(element);
  element.client.confirm = never;
  await type(box(element, 'Mobile money number'), number);
  await pay(element);
});
export const ApproveOnPhone = story(
  scene,
  asking({ status: 'processing', approvalExpiresAt: '2026-11-23T09:01:30.000Z' }),
);
export const Confirming = story(scene, asking({ status: 'processing' }));
export const RejectedOnPhone = story(scene, asking({ failure: { code: 'rejected_by_payer' } }));
export const NoConnection = story(scene, async (element) => {
  await buy(element);
  element.client.session_ = refuse('network');
  await type(box(element, 'Mobile money number'), number);
  await pay(element);
});
export const TimeRunsOut = story(
  {
    ...scene,
    opens: { ...byPhone, expiresAt: '2026-11-23T09:01:55.000Z' },
  },
  buy,
);
export const TrialByPhone = story({ ...scene, link: membershipLink(14) }, async (element) => {
  await press(radio(element, 'Monthly'));
  await buy(element);
});
export const PaidByPhone = story(
  scene,
  asking({ status: 'complete', paymentStatus: 'paid', reference: 'order-2026-118' }),
);

const framed: Scene = {
  isPaidHere: true,
  opens: {
    ...byPhone,
    methods: ['page'],
    embeddable: true,
    url: `${location.origin}/c/cs_000000000000000000000001`,
  },
};
export const InAFrame = story(framed, buy);

export const ElsewhereOrBack = story({ opens: byPhone }, buy);
export const StillOpen = story({ opens: byPhone }, async (element) => {
  await buy(element);
  await press(button(element, 'Change the order'));
  find(element, 'form').scrollIntoView();
  await settled();
});
