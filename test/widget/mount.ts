/** Puts an element into the page and writes down what it tells. */
import { fixtureCleanup } from '@open-wc/testing';
import type { Problem, PublicLink } from '../../src/contract/index.js';
import '../../src/widget/index.js';
import type { PayLinkButton, PayLinkForm, PayLinkModal } from '../../src/widget/index.js';
import { type FakeClient, fakeClient, id } from '../../stories/cast.js';
import { settled } from '../../stories/hands.js';

export { Problem } from '../../src/contract/index.js';
export * from '../../stories/hands.js';

export const eventNames = [
  'ready',
  'unavailable',
  'open',
  'close',
  'change',
  'submit',
  'handoff',
  'processing',
  'complete',
  'cancel',
  'error',
] as const;

type Tags = {
  'pay-link-form': PayLinkForm;
  'pay-link-modal': PayLinkModal;
  'pay-link-button': PayLinkButton;
};

export interface Mounted<Element extends HTMLElement> {
  readonly element: Element;
  readonly client: FakeClient;
  /** Everything told so far: `{ name: 'ready', detail }`, without the family's prefix. */
  readonly events: { readonly name: string; readonly detail: never }[];
  names(): string[];
  last<Detail = Record<string, unknown>>(name: string): Detail;
}

const mounted = new Set<HTMLElement>();

interface MountOptions {
  readonly link?: PublicLink | Problem<string>;
  readonly client?: FakeClient;
  readonly attributes?: Record<string, string>;
  readonly inside?: string;
  /** Lets the hand-off happen; otherwise the page keeps the buyer here. */
  readonly leaves?: boolean;
}

export async function mount<Tag extends keyof Tags>(
  tag: Tag,
  { link, client = fakeClient(link), attributes = {}, inside = '', leaves }: MountOptions = {},
): Promise<Mounted<Tags[Tag]>> {
  const element = document.createElement(tag) as Tags[Tag];
  const events: { name: string; detail: never }[] = [];
  for (const name of eventNames)
    element.addEventListener(`pay-link-${name}`, (event) => {
      events.push({ name, detail: (event as CustomEvent).detail as never });
    });
  if (!leaves) element.addEventListener('pay-link-handoff', (event) => event.preventDefault());
  for (const [name, value] of Object.entries({ link: id('plink', 1), ...attributes }))
    element.setAttribute(name, value);
  element.innerHTML = inside;
  element.client = client;
  document.body.append(element);
  mounted.add(element);
  await settled();
  return {
    element,
    client,
    events,
    names: () => events.map(({ name }) => name),
    last: <Detail>(name: string) =>
      events.filter((event) => event.name === name).at(-1)?.detail as Detail,
  };
}

/** Every test starts on an empty page that remembers nothing. */
export function cleanUp(): void {
  for (const element of mounted) element.remove();
  mounted.clear();
  fixtureCleanup();
  sessionStorage.clear();
  document.documentElement.lang = 'en';
  document.documentElement.removeAttribute('style');
}
