import { configure } from 'pay-link';
import { render } from 'solid-js/web';
import { App } from './App.tsx';
import './style.css';

configure({ api: 'http://127.0.0.1:4242' });

render(() => <App />, document.getElementById('app') as HTMLElement);
