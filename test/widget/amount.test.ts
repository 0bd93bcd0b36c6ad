import { expect } from '@open-wc/testing';
import { amountLink, donationLink } from '../../stories/cast.js';
import {
  box,
  buy,
  cleanUp,
  focused,
  has,
  messageOf,
  mount,
  pay,
  payButton,
  radio,
  text,
  type,
  words,
} from './mount.js';

describe('an amount link', () => {
  afterEach(cleanUp);

  it('shows a fixed amount as its total and asks for no amount', async () => {
    const { element, last } = await mount('pay-link-form', { link: amountLink() });
    expect(words(payButton(element))).to.equal('Pay €25.00');
    expect(has(element, '#amount')).to.equal(false);
    expect(last('change')).to.have.nested.property('totals.total', 2500);
    expect(last('change').selection).not.to.have.property('amount');
  });

  it('takes a suggestion with one press', async () => {
    const { element, last } = await mount('pay-link-form', { link: donationLink() });
    radio(element, '€50.00').click();
    await buy(element);
    expect(last('submit')).to.have.nested.property('selection.amount', 5000);
  });

  it('asks for another amount in a text box that phones open a number pad for', async () => {
    const { element } = await mount('pay-link-form', { link: donationLink() });
    radio(element, 'Other…').click();
    await new Promise((resolve) => setTimeout(resolve));
    const amount = box(element, 'Amount…');
    expect(amount.type).to.equal('text');
    expect(amount.inputMode).to.equal('decimal');
    expect(amount.getAttribute('aria-invalid')).to.equal(null);
  });

  it('offers only the text box where nothing is suggested, without decimals for francs', async () => {
    const link = donationLink({ suggestedAmounts: null, currency: 'XAF' });
    const { element } = await mount('pay-link-form', { link });
    expect(has(element, 'input[type=radio]')).to.equal(false);
    expect(box(element, 'Amount…').inputMode).to.equal('numeric');
  });

  const readings = [
    { lang: 'en', typed: '1,000.50', amount: 100_050, echo: 'You pay €1,000.50' },
    { lang: 'en', typed: '€12', amount: 1200, echo: 'You pay €12.00' },
    { lang: 'fr', typed: '1 000,50', amount: 100_050, echo: 'Vous payez 1 000,50 €' },
    { lang: 'fr', typed: '40,23', amount: 4023, echo: 'Vous payez 40,23 €' },
  ];
  for (const { lang, typed, amount, echo } of readings)
    it(`reads ${typed} in ${lang} as ${amount} cents and says so`, async () => {
      const link = donationLink({ suggestedAmounts: null });
      const { element, last } = await mount('pay-link-form', {
        link,
        attributes: { locale: lang },
      });
      await type(box(element, lang === 'fr' ? 'Montant…' : 'Amount…'), typed);
      expect(last('change')).to.have.nested.property('selection.amount', amount);
      expect(text(element)).to.include(echo);
    });

  const refusals = [
    { typed: '', says: 'This is needed.' },
    { typed: '12,50', says: 'Did you mean €12.50? Write it like 12.50.' },
    { typed: '1.234', says: 'Did you mean €1,234.00?' },
    { typed: '1e3', says: '“1e3” cannot be read as an amount.' },
    { typed: '2', says: '€2.00 is too little: at least €5.00.' },
    { typed: '9000', says: '€9,000.00 is too much: at most €5,000.00.' },
  ];
  for (const { typed, says } of refusals)
    it(`never guesses “${typed}”, but says: ${says}`, async () => {
      const link = donationLink({ suggestedAmounts: null });
      const { element, client, names } = await mount('pay-link-form', { link });
      const amount = box(element, 'Amount…');
      await type(amount, typed);
      await pay(element);
      expect(amount.getAttribute('aria-invalid')).to.equal('true');
      expect(messageOf(amount)).to.include(says);
      expect(focused()).to.equal(amount);
      expect(names()).not.to.include('submit');
      expect(client.requests).to.have.length(0);
    });

  it('is filled in beforehand in minor units, as a person of the language writes it', async () => {
    const link = donationLink();
    const attributes = { 'prefill-amount': '1250', locale: 'fr' };
    const { element, last } = await mount('pay-link-form', { link, attributes });
    expect(box(element, 'Montant…').value).to.equal('12,50');
    expect(last('change')).to.have.nested.property('totals.total', 1250);
  });

  it('chooses the suggestion that was filled in beforehand', async () => {
    const attributes = { 'prefill-amount': '5000' };
    const { element } = await mount('pay-link-form', { link: donationLink(), attributes });
    expect(radio(element, '€50.00').checked).to.equal(true);
  });
});
