/** The desk's elements. All of them are ours alone: the page around them is the server's. */
import './styles/desk.css';
import { PayLinkDesk } from './frame.js';
import { DeskLinkForm } from './pages/link-form.js';
import { DeskLinks } from './pages/links.js';
import { PayLinkSignIn } from './pages/sign-in.js';
import { DeskPreview } from './parts/preview.js';

const elements = {
  'pay-link-sign-in': PayLinkSignIn,
  'desk-preview': DeskPreview,
  'desk-links': DeskLinks,
  'desk-link-form': DeskLinkForm,
  'pay-link-desk': PayLinkDesk,
};

for (const [tag, element] of Object.entries(elements)) customElements.define(tag, element);
