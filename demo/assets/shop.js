/** The shop's own script: one button that opens a dialog, and a panel that prints the widget's events. */
const names = 'ready unavailable open change submit handoff processing complete cancel close error';
const list = document.querySelector('[data-events]');
const count = document.querySelector('[data-count]');
let heard = 0;

for (const name of names.split(' ')) document.addEventListener(`pay-link-${name}`, print);

for (const button of document.querySelectorAll('[data-opens]'))
  button.addEventListener('click', () => {
    const modal = document.getElementById(button.dataset.opens);
    // Where the widget did not load, the link's own page does the same.
    if (modal.show) modal.show();
    else location.assign(button.dataset.url);
  });

/** One line per event; typing changes its last line instead of filling the panel. */
function print({ type, target, detail }) {
  heard += 1;
  count.textContent = heard;
  const key = `${type} ${target.id || target.getAttribute('link')}`;
  const last = list.firstElementChild;
  const line =
    type === 'pay-link-change' && last?.dataset.key === key
      ? last
      : list.insertBefore(document.createElement('li'), last);
  line.dataset.key = key;
  const name = document.createElement('b');
  name.textContent = type.replace('pay-link-', '');
  const from = document.createElement('span');
  from.textContent = target.localName;
  const code = document.createElement('code');
  code.textContent = summary(type, detail);
  line.replaceChildren(name, from, code);
  while (list.childElementCount > 60) list.lastElementChild.remove();
}

/** The part of a detail that tells something at a glance. */
function summary(type, detail) {
  if (type === 'pay-link-ready') return `${detail.link.type} · ${detail.link.name}`;
  const { totals, session } = detail;
  if (session) return `${session.status} · ${session.total} ${session.currency} · ${session.id}`;
  if ('totals' in detail)
    return totals ? `total ${totals.total} ${totals.currency}` : 'no total yet';
  return JSON.stringify(detail);
}
