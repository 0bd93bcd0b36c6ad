import { configure } from 'pay-link';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import './style.css';

configure({ api: 'http://127.0.0.1:4242' });

createRoot(document.getElementById('app') as HTMLElement).render(<App />);
