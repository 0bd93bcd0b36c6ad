import { configure } from 'pay-link';
import { mount } from 'svelte';
import App from './App.svelte';
import './style.css';

configure({ api: 'http://127.0.0.1:4242' });

mount(App, { target: document.getElementById('app') as HTMLElement });
