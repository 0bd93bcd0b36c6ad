import { configure } from 'pay-link';
import { createApp } from 'vue';
import App from './App.vue';
import './style.css';

configure({ api: 'http://127.0.0.1:4242' });

createApp(App).mount('#app');
