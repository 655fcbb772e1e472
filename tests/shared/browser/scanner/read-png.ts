import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { type Luminance, toLuminance } from '../../../../shared/browser/scanner/luminance.ts';

const SIGNATURE_BYTES = 8;
/** Channels by PNG colour type: grey, RGB, palette index, grey with alpha, RGBA. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Reads a PNG that is not interlaced (ISO/IEC 15948), for pictures of codes kept beside the project. */
export function readPng(file: string): Luminance {
  const bytes = readFileSync(file);
  const chunks = listChunks(bytes);
  const header = chunks.find(({ type }) => type === 'IHDR')!.data;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const [bitDepth, colourType, interlace] = [header[8]!, header[9]!, header[12]!];
  const channels = CHANNELS[colourType];
  if (!channels || interlace !== 0) throw new Error(`${file}: colour type ${colourType}, interlace ${interlace}`);
  const packed = inflateSync(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  const rowBytes = Math.ceil((width * channels * bitDepth) / 8);
  const rows = unfilter(packed, rowBytes, height, Math.max(1, (channels * bitDepth) >> 3));
  const palette = chunks.find(({ type }) => type === 'PLTE')?.data;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sample = (channel: number) => readSample(rows, y * rowBytes, x * channels + channel, bitDepth);
      data.set(toRgba(colourType, bitDepth, sample, palette), (y * width + x) * 4);
    }
  }
  return toLuminance({ data, width, height });
}

function listChunks(bytes: Buffer): { type: string; data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  for (let offset = SIGNATURE_BYTES; offset < bytes.length; ) {
    const length = bytes.readUInt32BE(offset);
    chunks.push({
      type: bytes.toString('latin1', offset + 4, offset + 8),
      data: bytes.subarray(offset + 8, offset + 8 + length),
    });
    offset += length + 12;
  }
  return chunks;
}

function toRgba(colourType: number, bitDepth: number, sample: (channel: number) => number, palette?: Buffer): number[] {
  const level = (channel: number) => (sample(channel) * 255) / (2 ** Math.min(bitDepth, 8) - 1);
  switch (colourType) {
    case 0:
      return [level(0), level(0), level(0), 255];
    case 3:
      return [...palette!.subarray(sample(0) * 3, sample(0) * 3 + 3), 255];
    case 4:
      return [level(0), level(0), level(0), level(1)];
    case 2:
      return [level(0), level(1), level(2), 255];
    default:
      return [level(0), level(1), level(2), level(3)];
  }
}

/** The upper byte is enough of a 16-bit sample. */
function readSample(rows: Uint8Array, rowStart: number, index: number, bitDepth: number): number {
  if (bitDepth >= 8) return rows[rowStart + index * (bitDepth / 8)]!;
  const bit = index * bitDepth;
  return (rows[rowStart + (bit >> 3)]! >> (8 - bitDepth - (bit & 7))) & (2 ** bitDepth - 1);
}

/** Section 9: each row is told by its difference from the left, above, their mean or Paeth's choice. */
function unfilter(packed: Uint8Array, rowBytes: number, height: number, pixelBytes: number): Uint8Array {
  const rows = new Uint8Array(rowBytes * height);
  for (let y = 0; y < height; y++) {
    const filter = packed[y * (rowBytes + 1)];
    for (let x = 0; x < rowBytes; x++) {
      const left = x >= pixelBytes ? rows[y * rowBytes + x - pixelBytes]! : 0;
      const above = y > 0 ? rows[(y - 1) * rowBytes + x]! : 0;
      const corner = y > 0 && x >= pixelBytes ? rows[(y - 1) * rowBytes + x - pixelBytes]! : 0;
      const guess = [0, left, above, (left + above) >> 1, choosePaeth(left, above, corner)][filter!]!;
      rows[y * rowBytes + x] = packed[y * (rowBytes + 1) + 1 + x]! + guess;
    }
  }
  return rows;
}

function choosePaeth(left: number, above: number, corner: number): number {
  const estimate = left + above - corner;
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
