declare module 'virtual:custom-elements-manifest' {
  const manifest: import('custom-elements-manifest/schema').Package;
  export default manifest;
}
