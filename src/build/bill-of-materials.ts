/**
 * What each script is made of, as CycloneDX beside it: the packages whose code is in it, and no other. The same for
 * the same sources: no time, no serial number.
 */
import sbom from 'rollup-plugin-sbom';
import type { Plugin } from 'vite';

export const billOfMaterials: Plugin = {
  name: 'bill-of-materials',
  apply: 'build',
  applyToEnvironment: ({ name, config }) =>
    config.consumer === 'client' &&
    sbom({
      outDir: '.',
      outFilename: name === 'desk' ? 'desk.cdx' : 'pay-link.cdx',
      ...{ saveTimestamp: false, generateSerial: false, includeWellKnown: false },
    }),
};
