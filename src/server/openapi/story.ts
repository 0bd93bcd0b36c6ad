/** The one shop all examples tell of: its ids and the minute it is there. */
import { type Id, type IdKind, idLength, idPrefixes } from '../../contract/index.js';

export const minute = '2030-05-04T09:30:00.000Z';
export const inAQuarter = '2030-05-04T09:45:00.000Z';
export const nextMonth = '2030-06-04T09:30:00.000Z';

/** An id that is one by its look, and nothing's. */
export const storyId = <Kind extends IdKind>(kind: Kind, number = 1): Id<Kind> =>
  `${idPrefixes[kind]}_${`Example${String(number).padStart(idLength - 7, '0')}`}`;

export const shop = 'https://shop.example';
export const backendUrl = 'https://pay.example.com';
