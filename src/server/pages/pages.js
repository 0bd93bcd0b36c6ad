/** What our pages do beyond plain HTML: follow a session, count down, print, send a form once. */
const main = document.querySelector('main');
const { session, status, around, framed, payAt } = main?.dataset ?? {};

if (session) follow(`/v1/public/checkout-sessions/${session}`);
if (main && 'asks' in main.dataset) askAgain();
for (const time of document.querySelectorAll('time[data-date]')) showLocalDate(time);
for (const time of document.querySelectorAll('time[data-countdown]')) countDown(time);
for (const form of document.querySelectorAll('form[data-once]')) sendOnce(form);
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => print());
}
for (const button of document.querySelectorAll('button[data-close]')) {
  button.hidden = parent !== window;
  button.addEventListener('click', () => close());
}
// No more than a hint: the page around asks the server what has become of the session.
if (around && parent !== window) parent.postMessage({ type: 'pay-link', session: framed }, around);
if (document.documentElement.className === 'bare' && !around && parent !== window) tellHeight();
if (main && 'printNow' in main.dataset) addEventListener('load', () => print());
document.querySelector('[data-focus]')?.focus();
const standIn = document.querySelector('pay-link-form > :not([slot])');
if (standIn) customElements.whenDefined('pay-link-form').then(() => giveWay(standIn));

/** Events where they arrive, polling where they do not, and at once when the buyer looks again. */
function follow(address) {
  const failure = main.dataset.failure ?? '';
  let isLeaving = false;
  const isAsShown = (seen) =>
    seen.status === status &&
    (seen.failure?.code ?? '') === failure &&
    (!payAt || seen.url === payAt);
  const onSession = (seen) => {
    if (isLeaving || isAsShown(seen)) return;
    isLeaving = true;
    // Should page and API ever disagree, they do so once a second and not in a storm.
    setTimeout(() => location.reload(), Math.max(0, 1000 - performance.now()));
  };
  const look = () =>
    fetch(address, { cache: 'no-store' })
      .then((answer) => (answer.ok ? answer.json().then(onSession) : undefined))
      .catch(() => {});
  const source = globalThis.EventSource && new EventSource(`${address}/events`);
  let hearsEvents = false;
  source?.addEventListener('session', ({ data }) => {
    hearsEvents = true;
    onSession(JSON.parse(data));
  });
  source?.addEventListener('error', () => {
    hearsEvents = false;
  });
  const waits = status === 'processing' || payAt;
  let looks = 0;
  setInterval(
    () => {
      looks += 1;
      // A proxy may hold events back without an error, so even then it looks now and then.
      if (!document.hidden && (!hearsEvents || looks % 5 === 0)) look();
    },
    waits ? 3000 : 10000,
  );
  // The phone comes back from the approval prompt; the browser comes back from its cache of pages.
  document.addEventListener('visibilitychange', () => document.hidden || look());
  addEventListener('pageshow', ({ persisted }) => persisted && look());
  addEventListener('pagehide', () => source?.close());
}

/** To the page around a link's own page, at every change, so that its frame can be as high as what is in it. */
function tellHeight() {
  const page = document.documentElement;
  // Not to anybody: to the page that frames this one, as far as the browser says which that is.
  const [to = document.referrer && new URL(document.referrer).origin] =
    location.ancestorOrigins ?? [];
  if (!to || to === 'null') return;
  new ResizeObserver(() => {
    parent.postMessage({ type: 'pay-link-height', height: Math.ceil(page.offsetHeight) }, to);
  }).observe(page);
}

/** Whoever has just paid need not wait for a message that is late or lost: each load asks the provider. */
function askAgain() {
  let times = 0;
  const asking = setInterval(() => {
    if (document.hidden) return;
    fetch(location.href, { cache: 'no-store', redirect: 'manual' }).catch(() => {});
    times += 1;
    if (times === 8) clearInterval(asking);
  }, 12000);
}

function showLocalDate(time) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long' });
  time.textContent = format.format(new Date(time.dateTime));
}

/** Counts from when the page came, so a browser clock that is wrong does not matter. */
function countDown(time) {
  const { countdown, minutes, last } = time.dataset;
  const end = performance.now() + Number(countdown) * 1000;
  const warnings = [300, 60];
  const tick = () => {
    const left = Math.max(0, Math.round((end - performance.now()) / 1000));
    const text = left < 60 ? last : minutes.replace('{n}', Math.ceil(left / 60));
    if (time.textContent !== text) time.textContent = text;
    if (left <= 300) offerMoreTime();
    if (warnings.some((warning) => left <= warning)) {
      while (left <= warnings[0]) warnings.shift();
      announce(time.parentElement.textContent);
    }
    if (left > 0) setTimeout(tick, 1000);
    else if (Number(countdown) > 0) setTimeout(() => location.reload(), 2000);
  };
  tick();
}

function announce(text) {
  const status = document.querySelector('[data-time-status]');
  if (status) status.textContent = text.trim();
}

function offerMoreTime() {
  const offer = document.querySelector('[data-extend]');
  if (!offer?.hidden || offer.dataset.used) return;
  offer.hidden = false;
  offer.querySelector('button').addEventListener('click', async () => {
    offer.dataset.used = 'yes';
    offer.hidden = true;
    const answer = await fetch(offer.dataset.extend, { method: 'POST' }).catch(() => null);
    announce(answer?.ok ? offer.dataset.extended : offer.dataset.notExtended);
    if (answer?.ok) location.reload();
  });
}

/** What stood in the widget's place leaves the page, and what was typed there goes on. */
function giveWay(form) {
  for (const { name, value } of form.querySelectorAll('input:not([type="hidden"])'))
    if (value) form.parentElement.setAttribute(`prefill-${name}`, value);
  form.remove();
}

/** A second press while the first is on its way is not sent. */
function sendOnce(form) {
  form.addEventListener('submit', (event) => {
    if (form.ariaBusy === 'true') event.preventDefault();
    form.ariaBusy = 'true';
  });
  addEventListener('pageshow', () => {
    form.ariaBusy = null;
  });
}
