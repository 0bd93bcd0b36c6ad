import { expect, waitUntil } from '@open-wc/testing';
import type { PublicLink } from '../../src/contract/index.js';
import { amountLink, ticketLink } from '../../stories/cast.js';
import { cleanUp, find, mount, settled } from './mount.js';

const attributes = { display: 'popover', label: 'Pay' };

async function opened(style: string, link: PublicLink = amountLink()) {
  const { element } = await mount('pay-link-button', { attributes, link });
  element.style.cssText = `position: fixed; ${style}`;
  find(element, '[part=button]').focus();
  find(element, '[part=button]').click();
  await settled();
  const dialog = find<HTMLDialogElement>(element, 'dialog');
  for (const animation of dialog.getAnimations()) animation.finish();
  return { element, dialog, panel: () => dialog.getBoundingClientRect() };
}

describe('display="popover"', () => {
  afterEach(cleanUp);

  it('opens below the button, by its start, and leaves the page light', async () => {
    const { element, dialog, panel } = await opened('left: 100px; top: 40px');
    const button = element.getBoundingClientRect();
    expect(panel().left).to.equal(button.left);
    expect(panel().top).to.equal(button.bottom + 6);
    expect(getComputedStyle(dialog, '::backdrop').backgroundColor).to.equal('rgba(0, 0, 0, 0)');
  });

  it('opens above where there is more room, and stays there while it grows', async () => {
    const { element, panel } = await opened('left: 100px; bottom: 10px');
    const { top } = element.getBoundingClientRect();
    await waitUntil(() => Math.abs(panel().bottom - (top - 6)) < 1);
  });

  it('never leaves the window', async () => {
    const { panel } = await opened('right: 0; top: 300px', ticketLink());
    expect(panel().right).to.be.at.most(innerWidth - 6);
    expect(panel().bottom).to.be.at.most(innerHeight - 6);
    expect(panel().height).to.be.above(500);
  });

  it('is read from the right in a page that is', async () => {
    document.documentElement.dir = 'rtl';
    const { element, panel } = await opened('right: 100px; top: 40px');
    document.documentElement.removeAttribute('dir');
    expect(panel().left).to.be.at.least(6);
    expect(panel().top).to.equal(element.getBoundingClientRect().bottom + 6);
  });

  it('gives the focus back when Escape closes it', async () => {
    const { element, dialog } = await opened('left: 100px; top: 40px');
    dialog.dispatchEvent(new Event('cancel', { cancelable: true }));
    await settled();
    expect(dialog.open).to.equal(false);
    expect(element.shadowRoot?.activeElement?.matches('[part=button]')).to.equal(true);
  });
});
