// One function is taken, and it is none of the elements.
import { configure } from 'pay-link';

configure({ api: 'http://127.0.0.1:4242' });
