import type { Plugin } from 'vite';

/** What buyers download is made small by every means; the merchant's desk is built as its libraries are. */
export const forBuyers: NonNullable<Plugin['applyToEnvironment']> = ({ name, config }) =>
  config.consumer === 'client' && name !== 'desk';
