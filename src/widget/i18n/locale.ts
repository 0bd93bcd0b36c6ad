/** Which locale an element speaks: attribute, nearest `lang` through shadow hosts, browser. */

/** The tag as Intl knows it, or undefined: `fr_FR`, `""` and nonsense never throw into the page. */
export function known(tag: string | null | undefined): string | undefined {
  if (!tag) return undefined;
  try {
    return Intl.getCanonicalLocales(tag.replace(/_/g, '-'))[0];
  } catch {
    return undefined;
  }
}

export function localeOf(element: Element, wanted?: string | null): string {
  const named = known(wanted);
  if (named) return named;
  for (let node: Node | null = element; node; node = node.parentNode ?? hostOf(node)) {
    const lang = node instanceof Element ? known(node.getAttribute('lang')) : undefined;
    if (lang) return lang;
  }
  return navigator.languages?.map(known).find(Boolean) ?? known(navigator.language) ?? 'en';
}

const hostOf = (node: Node): Element | null => (node instanceof ShadowRoot ? node.host : null);
