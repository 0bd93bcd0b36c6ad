/** A link as a square to be scanned: sharp at any size as SVG, for printers and messages as PNG. */
import { encode } from 'uqr';

/** Readable where a part of it is dirty or torn. */
const options = { ecc: 'M', border: 4 } as const;

/** Black on white on every screen: scanners need it so. */
export function qrSvg(text: string): string {
  const { data, size } = encode(text, options);
  const squares = data.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${squares.join('')}"/></svg>`
  );
}

export const svgAddress = (svg: string): string => `data:image/svg+xml,${encodeURIComponent(svg)}`;

/** Drawn square by square, so that no edge is blurred. */
export async function qrPng(text: string, least = 1_024): Promise<Blob> {
  const { data, size } = encode(text, options);
  const scale = Math.ceil(least / size);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size * scale;
  const pen = canvas.getContext('2d') as CanvasRenderingContext2D;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = '#000';
  data.forEach((row, y) => {
    row.forEach((isDark, x) => {
      if (isDark) pen.fillRect(x * scale, y * scale, scale, scale);
    });
  });
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture.'))), 'image/png');
  });
}
