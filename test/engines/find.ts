/** Runs in the page: what a buyer sees there by its name, through shadow roots. Stands alone, as it is sent as text. */

export interface Sought {
  /** A `field` goes by its label, a `button` by its words; a `text` is the innermost element that reads so. */
  readonly kind: 'field' | 'button' | 'submit' | 'text';
  /** The source of a regular expression. */
  readonly name: string;
}

/** @returns the first that is shown; where a dialog is open only what is in it can be reached */
export function find({ kind, name }: Sought): Element | null {
  const wanted = new RegExp(name);
  const wordsOf = (node: Node | null | undefined): string =>
    (node?.textContent ?? '').replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const all: Element[] = [];
  const walk = (node: ParentNode): void => {
    const { shadowRoot } = node as Element;
    if (shadowRoot) walk(shadowRoot);
    for (const child of node.children) {
      all.push(child);
      walk(child);
    }
  };
  walk(document);
  const isShown = (one: Element) => one.getClientRects().length > 0;
  const dialog = all.find((one) => one.localName === 'dialog' && one.hasAttribute('open'));
  const inside = (one: Node | null): boolean =>
    one !== null &&
    (one === dialog || inside(one.parentNode ?? (one as Partial<ShadowRoot>).host ?? null));
  const labelOf = (one: Element): string => {
    const root = one.getRootNode() as Document;
    const named = (one.getAttribute('aria-labelledby') ?? '')
      .split(' ')
      .map((id) => wordsOf(id ? root.getElementById(id) : null));
    return (
      one.getAttribute('aria-label') ??
      (named.join(' ').trim() || wordsOf((one as HTMLInputElement).labels?.[0]))
    );
  };
  const fits = (one: Element): boolean => {
    if (kind === 'submit') return one.matches('button[type=submit]');
    if (kind === 'field')
      return one.matches('input, select, textarea') && wanted.test(labelOf(one));
    if (kind === 'button')
      return (
        one.matches('button, a[href], [role=button]') &&
        wanted.test(one.getAttribute('aria-label') ?? wordsOf(one))
      );
    return (
      !one.matches('script, style, title') &&
      wanted.test(wordsOf(one)) &&
      ![...one.children].some((child) => wanted.test(wordsOf(child)))
    );
  };
  return all.find((one) => isShown(one) && (!dialog || inside(one)) && fits(one)) ?? null;
}
