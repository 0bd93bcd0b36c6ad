import { bootstrapApplication } from '@angular/platform-browser';
import { configure } from 'pay-link';
import { ThursdayConcerts } from './thursday-concerts';

configure({ api: 'http://127.0.0.1:4242' });

bootstrapApplication(ThursdayConcerts);
