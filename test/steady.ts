import fc from 'fast-check';

/** Properties are tried with the same values in every `npm test`. */
fc.configureGlobal({ seed: 1 });
