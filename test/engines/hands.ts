/** A buyer's eyes and hands, the same in every engine: each of the drivers needs to know four things only. */
import type { ElementHandle } from 'puppeteer-core';
import { find, type Sought } from './find.js';
import { launchChromium, launchFirefox, launchWebKit } from './launch.mjs';

/** What an engine can do; `Element` is its own handle for one. */
interface Driver<Element> {
  goto(url: string): Promise<void>;
  /** The value of an expression in the page. */
  read<Value>(expression: string): Promise<Value>;
  /** The element an expression stands for; undefined where there is none. */
  element(expression: string): Promise<Element | undefined>;
  click(element: Element): Promise<void>;
  /** Types in place of what stands there. */
  type(element: Element, text: string): Promise<void>;
  close(): Promise<void>;
}

export interface Hands {
  goto(url: string): Promise<void>;
  read<Value>(expression: string): Promise<Value>;
  /** Waits until it is there, then presses it. */
  press(sought: Sought): Promise<void>;
  fill(label: RegExp, text: string): Promise<void>;
  see(words: RegExp): Promise<void>;
  close(): Promise<void>;
}

export const text = (name: RegExp): Sought => ({ kind: 'text', name: name.source });
export const button = (name: RegExp): Sought => ({ kind: 'button', name: name.source });
export const submit: Sought = { kind: 'submit', name: '' };

const patience = 15_000;

function handsOf<Element>(driver: Driver<Element>): Hands {
  /** A page that is on its way to another one cannot be asked, and what was found there may be gone. */
  const until = async (what: string, attempt: () => Promise<boolean>): Promise<void> => {
    const end = Date.now() + patience;
    let cause: unknown;
    while (Date.now() < end) {
      try {
        if (await attempt()) return;
        cause = undefined;
      } catch (error) {
        cause = error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const seen = await driver.read<string>(`(${readable})()`).catch(String);
    throw new Error(`${what} was not to be had in ${patience / 1000} s. The page: ${seen}`, {
      cause,
    });
  };
  const withFound = (sought: Sought, act: (element: Element) => Promise<void>) => {
    const found = `(${find})(${JSON.stringify(sought)})`;
    const place = () => driver.read<string>(`JSON.stringify(${found}?.getBoundingClientRect())`);
    let before: string | undefined;
    return until(`${sought.kind} ${sought.name}`, async () => {
      // What still moves would be missed.
      const [now, last] = [await place(), before];
      before = now;
      const element = now === last ? await driver.element(found) : undefined;
      if (element !== undefined) await act(element);
      return element !== undefined;
    });
  };
  return {
    goto: (url) => driver.goto(url),
    read: (expression) => driver.read(expression),
    press: (sought) => withFound(sought, (element) => driver.click(element)),
    fill: (label, words) =>
      withFound({ kind: 'field', name: label.source }, (element) => driver.type(element, words)),
    see: (words) => withFound(text(words), async () => undefined),
    close: () => driver.close(),
  };
}

/** For the message of what failed. */
const readable = `() => {
  const read = (node) => node.shadowRoot ? read(node.shadowRoot)
    : [...node.childNodes].map((child) =>
        child.nodeType === 3 ? child.data : /^(script|style|head)$/.test(child.localName) ? '' : read(child)).join(' ');
  return (location.href + ': ' + read(document)).replace(/\\s+/g, ' ').slice(0, 2000);
}`;

type Puppet = Awaited<ReturnType<typeof launchChromium>>;

async function puppetHands(launch: () => Promise<Puppet>): Promise<Hands> {
  const browser = await launch();
  const page = await browser.newPage();
  return handsOf({
    goto: async (url) => {
      await page.goto(url);
    },
    read: (expression) => page.evaluate(expression) as Promise<never>,
    element: async (expression) =>
      ((await page.evaluateHandle(expression)).asElement() as ElementHandle<HTMLElement> | null) ??
      undefined,
    click: (element) => element.click(),
    type: async (element, words) => {
      await element.evaluate((one) => (one as HTMLInputElement).select());
      await element.type(words);
    },
    close: () => browser.close(),
  });
}

interface WebElement {
  click(): Promise<void>;
  sendKeys(words: string): Promise<void>;
}

async function webKitHands(): Promise<Hands> {
  const { driver, close } = await launchWebKit();
  const read = (expression: string) => driver.executeScript(`return ${expression}`);
  return handsOf<WebElement>({
    goto: (url) => driver.get(url),
    read: (expression) => read(expression) as Promise<never>,
    element: async (expression) => ((await read(expression)) as WebElement | null) ?? undefined,
    click: (element) => element.click(),
    type: async (element, words) => {
      await driver.executeScript('arguments[0].select()', element);
      await element.sendKeys(words);
    },
    close,
  });
}

export type Engine = 'chromium' | 'firefox' | 'webkit';

export const openHands: Record<Engine, () => Promise<Hands>> = {
  chromium: () => puppetHands(launchChromium),
  firefox: () => puppetHands(launchFirefox),
  webkit: webKitHands,
};
