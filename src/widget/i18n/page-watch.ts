/** One observer for the whole page tells every element that a language or colour scheme may have changed. */

interface Follower extends Element {
  requestUpdate(): void;
}

const followers = new Set<Follower>();
const roots = new WeakSet<Node>();
let observer: MutationObserver | undefined;

const tell = () => {
  for (const follower of followers) follower.requestUpdate();
};

/** Roots that are met on the way up are observed too: mutations do not cross shadow boundaries. */
function observe(element: Element): void {
  observer ??= new MutationObserver(tell);
  for (let node: Node = element; ; ) {
    const root = node.getRootNode();
    if (!roots.has(root)) {
      roots.add(root);
      observer.observe(root, { subtree: true, attributeFilter: ['lang'] });
    }
    if (!(root instanceof ShadowRoot)) break;
    node = root.host;
  }
  if (followers.size) return;
  for (const target of [document.documentElement, document.body])
    observer.observe(target, { attributeFilter: ['lang', 'class', 'style', 'data-theme'] });
  matchMedia('(prefers-color-scheme: dark)').addEventListener?.('change', tell);
}

/** From now on the element is updated on every change. */
export function followPage(element: Follower): void {
  observe(element);
  followers.add(element);
}

export const leavePage = (element: Follower): unknown => followers.delete(element);
