/** Whether the page around an element is light or dark. */

/** The used `color-scheme`: of the element, else of the page's meta tag; a page that says nothing is light. */
export function isDarkAround(element: Element): boolean {
  const own = getComputedStyle(element).colorScheme;
  const named =
    own && own !== 'normal'
      ? own
      : (document.querySelector('meta[name="color-scheme" i]')?.getAttribute('content') ?? '');
  const schemes = named.toLowerCase().split(/\s+/);
  if (!schemes.includes('dark')) return false;
  return !schemes.includes('light') || matchMedia('(prefers-color-scheme: dark)').matches;
}
