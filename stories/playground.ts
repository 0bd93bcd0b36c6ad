/** An element to try everything on, with what to paste for it and what it says. */
import type { Meta, StoryObj } from '@storybook/web-components-vite';
import type { PayLinkEventName } from '../src/widget/index.js';
import { donationLink, membershipLink, productLink, shirt } from './cast.js';
import { settled } from './hands.js';
import { stage, type Tag } from './staged.js';

const links = {
  'A donation': donationLink,
  'A shirt': () => productLink([shirt()]),
  'A membership': membershipLink,
};

type Sold = keyof typeof links;
type Args = Record<string, string | number | boolean> & { sells: Sold };

const choice = (options: readonly string[]) => ({ control: { type: 'select' as const }, options });
const text = { control: { type: 'text' as const } };

/** Of the attributes those that show when they change, in the order of the manual. */
const common = {
  sells: { ...choice(Object.keys(links)), name: 'what it sells', table: { category: 'the stage' } },
  locale: choice(['', 'en', 'fr', 'de', 'ar', 'hi', 'ja', 'zh']),
  theme: choice(['auto', 'light', 'dark']),
  'prefill-email': text,
  'prefill-amount': text,
  'prefill-quantity': text,
  reference: text,
};

const own: Record<Tag, object> = {
  'pay-link-form': {},
  'pay-link-modal': { open: { control: { type: 'boolean' } } },
  'pay-link-button': {
    label: text,
    display: choice(['modal', 'popover']),
    'show-price': { control: { type: 'boolean' } },
  },
};

/** Of a file's default export what is the same for all; the rest has to be written out for Storybook to find it. */
export const choicesOf = (tag: Tag): Pick<Meta<Args>, 'args' | 'argTypes' | 'parameters'> => {
  const argTypes = { ...common, ...own[tag] };
  return {
    args: { sells: 'A donation' },
    argTypes: argTypes as never,
    parameters: { controls: { disable: false } },
  };
};

const eventNames: readonly PayLinkEventName[] = [
  ...(['pay-link-ready', 'pay-link-unavailable', 'pay-link-open', 'pay-link-close'] as const),
  ...(['pay-link-change', 'pay-link-submit', 'pay-link-handoff', 'pay-link-processing'] as const),
  ...(['pay-link-complete', 'pay-link-cancel', 'pay-link-error'] as const),
];

const escaped = (value: string) => value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');

/** What a merchant pastes for these choices. */
export function snippetOf(tag: Tag, attributes: Readonly<Record<string, string>>): string {
  const written = Object.entries({ link: 'plink_…', ...attributes }).map(([name, value]) =>
    value === '' ? name : `${name}="${escaped(value)}"`,
  );
  const within =
    tag === 'pay-link-button' ? '<a href="https://pay.example.com/p/plink_…">Pay</a>' : '';
  return `<script async src="https://pay.example.com/pay-link.js"></script>\n\n<${tag} ${written.join(' ')}>${within}</${tag}>`;
}

/** Only what differs from what happens anyway. */
const attributesOf = ({ sells: _, ...args }: Args): Record<string, string> =>
  Object.fromEntries(
    Object.entries(args)
      .filter(
        ([, value]) =>
          value !== undefined &&
          value !== '' &&
          value !== false &&
          value !== 'auto' &&
          value !== 'modal',
      )
      .map(([name, value]) => [name, value === true ? '' : String(value)]),
  );

export const playground = (tag: Tag): StoryObj<Args> => ({
  render(args) {
    const attributes = attributesOf(args);
    const place = stage(tag, { link: links[args.sells ?? 'A donation'](), attributes });
    const said = document.createElement('ol');
    said.setAttribute('aria-label', 'Events');
    for (const name of eventNames)
      place.addEventListener(name, () => {
        const line = document.createElement('li');
        line.textContent = name;
        said.append(line);
      });
    const snippet = document.createElement('pre');
    snippet.style.cssText = 'white-space: pre-wrap; font-size: 13px';
    snippet.textContent = snippetOf(tag, attributes);
    place.append(snippet, said);
    return place;
  },
  async play() {
    await settled();
  },
});
