export default {
  mode: 'production',
  entry: { bare: './bare.js', configured: './configured.js' },
  output: { path: `${import.meta.dirname}/dist/webpack`, filename: '[name].js' },
};
