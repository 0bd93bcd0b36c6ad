// @ts-check
// The package is here for its types only, which `tsc` and editors read: the page itself takes the script tag.

/** @param {import('pay-link').Totals} totals in the currency's minor unit: `2500` is €25.00 */
function money({ total, currency }) {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: digits = 2 } = format.resolvedOptions();
  return format.format(total / 10 ** digits);
}

const button = document.querySelector('pay-link-button');
const status = document.querySelector('[role=status]');
if (!button || !status) throw new Error('The page has no button, or no place to thank at.');

// The script may come later: what is set before it does is taken over.
button.metadata = { page: 'html' };
button.messages = { text: { donateTotal: 'Light the stage with {total}' } };
button.addEventListener('pay-link-complete', ({ detail }) => {
  status.textContent = `${money(detail.session.totals)} for the stage. Thank you!`;
});
