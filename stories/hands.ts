/** Finds its way around an element as a buyer would: by label, by words. */

/** Answers of a fake client and the renders after them. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 6; turn++) await new Promise((resolve) => setTimeout(resolve));
}

/** All elements under a node, through shadow roots, in the order they are drawn. */
export function* everything(node: ParentNode | HTMLElement): Generator<HTMLElement> {
  const root = (node as HTMLElement).shadowRoot;
  if (root) yield* everything(root);
  for (const child of node.children) {
    yield child as HTMLElement;
    yield* everything(child as HTMLElement);
  }
}

export const find = <Found extends HTMLElement = HTMLElement>(
  element: HTMLElement,
  selector: string,
): Found => {
  for (const one of everything(element)) if (one.matches(selector)) return one as Found;
  throw new Error(`No ${selector} in <${element.localName}>`);
};

export const has = (element: HTMLElement, selector: string): boolean =>
  [...everything(element)].some((one) => one.matches(selector));

/** The text box whose label starts with these words. */
export function box(element: HTMLElement, label: string): HTMLInputElement {
  for (const one of everything(element))
    if (
      one.localName === 'label' &&
      words(one).startsWith(label) &&
      (one as HTMLLabelElement).htmlFor
    )
      return (one.getRootNode() as ShadowRoot).getElementById(
        (one as HTMLLabelElement).htmlFor,
      ) as HTMLInputElement;
  throw new Error(`No field labelled ${label}`);
}

/** The radio whose caption is an element with exactly these words. */
export function radio(element: HTMLElement, caption: string): HTMLInputElement {
  for (const one of everything(element))
    if (one.parentElement?.localName === 'label' && words(one) === caption) {
      const found = one.parentElement.querySelector('input');
      if (found) return found;
    }
  throw new Error(`No choice ${caption}`);
}

export function button(element: HTMLElement, name: string): HTMLButtonElement {
  for (const one of everything(element))
    if (
      one.localName === 'button' &&
      (one.getAttribute('aria-label') ?? words(one)).startsWith(name)
    )
      return one as HTMLButtonElement;
  throw new Error(`No button ${name}`);
}

export const words = (element: Element): string =>
  (element.textContent ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();

/** What can be read in an element, through its shadow roots. */
export const text = (element: HTMLElement): string =>
  [...everything(element)]
    .flatMap((one) => [...one.childNodes])
    .filter((node) => node.nodeType === Node.TEXT_NODE && node.parentElement?.localName !== 'style')
    .map((node) => node.textContent ?? '')
    .join(' ')
    .replace(/[\s\u00a0\u202f]+/g, ' ');

export async function type(input: HTMLInputElement, value: string): Promise<void> {
  input.focus();
  input.value = value;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await settled();
}

export async function press(target: HTMLElement): Promise<void> {
  target.focus();
  target.click();
  await settled();
}

/** The first submit button of the form, which pays. */
export const payButton = (element: HTMLElement): HTMLButtonElement =>
  find<HTMLButtonElement>(element, 'button[type=submit]');

export const pay = (element: HTMLElement): Promise<void> => press(payButton(element));

/** Fills what every link of the cast asks for, and pays. */
export async function buy(element: HTMLElement): Promise<void> {
  await type(box(element, 'E-mail'), 'ada@example.com');
  await pay(element);
}

export function focused(): HTMLElement | null {
  let active = document.activeElement as HTMLElement | null;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement as HTMLElement;
  return active;
}

/** The message a field is described by. */
export const messageOf = (field: HTMLElement): string =>
  (field.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .filter(Boolean)
    .map((part) => (field.getRootNode() as ShadowRoot).getElementById(part)?.textContent ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
