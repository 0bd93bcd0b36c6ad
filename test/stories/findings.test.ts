import { expect } from '@open-wc/testing';
import { findingsOf } from './prove.js';

describe('what axe is asked', () => {
  const faults = {
    'a field without a label': '<input>',
    'a button without a name': '<button></button>',
    'words that are hard to read': '<p style="color: #bbb; background: #fff">Pale</p>',
    'a choice of an unknown role': '<div role="choise">Blue</div>',
  };
  for (const [fault, markup] of Object.entries(faults))
    it(`finds ${fault} inside a shadow tree`, async () => {
      const host = document.createElement('main');
      document.body.append(host);
      host.attachShadow({ mode: 'open' }).innerHTML = markup;
      expect(await findingsOf(host)).to.have.length(1);
      host.remove();
    });
});
