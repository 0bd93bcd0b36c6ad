/** Puts an element on a story's stage: with a backend in memory, and a hand-off that stays on the page. */
import type { StoryObj } from '@storybook/web-components-vite';
import type { CheckoutSession, Problem, PublicLink } from '../src/contract/index.js';
import '../src/widget/index.js';
import { type FakeClient, fakeClient, id } from './cast.js';
import { settled } from './hands.js';

export type Tag = 'pay-link-form' | 'pay-link-modal' | 'pay-link-button';

export interface Scene {
  /** What the backend answers for the link; a Problem is thrown. */
  readonly link?: PublicLink | Problem<string>;
  /** Changes to the backend: answers that never come, refusals in waiting. */
  readonly backend?: (client: FakeClient) => void;
  readonly attributes?: Readonly<Record<string, string>>;
  /** Markup inside the element. */
  readonly inside?: string;
  /** What its sessions are beside the usual. */
  readonly opens?: Partial<CheckoutSession>;
  /** Lets the hand-off happen, where it stays in the page. */
  readonly isPaidHere?: boolean;
  /** CSS of the stage around the element. */
  readonly around?: string;
}

export type Staged = HTMLElement & { client: FakeClient };

/** A story: the element in a scene, and what a buyer does there until the state in question is reached. */
export const storyOf =
  (tag: Tag) =>
  (scene: Scene = {}, acts?: (element: Staged) => Promise<void>): StoryObj => ({
    render: () => stage(tag, scene),
    async play({ canvasElement }) {
      await settled();
      await acts?.(canvasElement.querySelector<Staged>(tag)!);
    },
  });

export function stage(tag: Tag, scene: Scene): HTMLElement {
  const { link, backend, opens, attributes, inside, around, isPaidHere } = scene;
  // What was typed on another stage stays there.
  sessionStorage.clear();
  const client = fakeClient(link);
  client.opens = opens ?? {};
  backend?.(client);
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries({ link: id('plink', 1), ...attributes }))
    element.setAttribute(name, value);
  element.innerHTML = inside ?? '';
  element.client = client;
  if (!isPaidHere) element.addEventListener('pay-link-handoff', (event) => event.preventDefault());
  const surroundings = document.createElement('div');
  surroundings.style.cssText = around ?? '';
  surroundings.append(element);
  return surroundings;
}

/** For a backend that is still thinking. */
export const never = (): Promise<never> => new Promise(() => undefined);
