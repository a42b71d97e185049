/** Pictures of the guide: read, reduced to a palette, written. 8 bits a channel, not interlaced: what Chromium makes. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

export interface Picture {
  readonly width: number
  readonly height: number
  /** red, green, blue of each pixel, row by row */
  readonly rgb: Uint8Array
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const CHANNELS: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 }
const MOST_COLOURS = 256

export function readPng(file: Buffer): Picture {
  const parts = chunksOf(file)
  const header = parts.get('IHDR')?.[0] ?? Buffer.alloc(13)
  const [width, height, kind] = [header.readUInt32BE(0), header.readUInt32BE(4), header[9] ?? 0]
  const channels = CHANNELS[kind]
  if (header[8] !== 8 || header[12] !== 0 || channels === undefined) throw new Error('not a PNG of that kind')
  const bytes = unfiltered(inflateSync(Buffer.concat(parts.get('IDAT') ?? [])), width * channels, channels)
  const palette = parts.get('PLTE')?.[0]
  const rgb = new Uint8Array(width * height * 3)
  for (let i = 0; i < width * height; i++) {
    const at = palette ? (bytes[i] ?? 0) * 3 : i * channels
    const from = palette ?? bytes
    for (let part = 0; part < 3; part++) rgb[i * 3 + part] = from[at + part] ?? 0
  }
  return { width, height, rgb }
}

/** With 256 colours at most: text stays sharp at a fraction of the bytes. */
export function palettePng({ width, height, rgb }: Picture): Buffer {
  const { colours, indexOf } = paletteOf(rgb)
  const lines = Buffer.alloc(height * (width + 1))
  for (let i = 0; i < width * height; i++)
    lines[i + Math.floor(i / width) + 1] = indexOf(rgb[i * 3] ?? 0, rgb[i * 3 + 1] ?? 0, rgb[i * 3 + 2] ?? 0)
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3], 8)
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(colours.flat())),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Pixels that somebody would call another colour. */
export function difference(one: Picture, other: Picture): number {
  if (one.width !== other.width || one.height !== other.height) return Infinity
  let count = 0
  for (let i = 0; i < one.rgb.length; i += 3)
    if ([0, 1, 2].some((part) => Math.abs((one.rgb[i + part] ?? 0) - (other.rgb[i + part] ?? 0)) > 48))
      count++
  return count
}

function chunksOf(file: Buffer): Map<string, Buffer[]> {
  const found = new Map<string, Buffer[]>()
  for (let at = SIGNATURE.length; at < file.length;) {
    const length = file.readUInt32BE(at)
    const name = file.toString('latin1', at + 4, at + 8)
    found.set(name, [...(found.get(name) ?? []), file.subarray(at + 8, at + 8 + length)])
    at += length + 12
  }
  return found
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** PNG specification, 9: each byte is the difference to what its neighbours foretell. */
function unfiltered(data: Buffer, stride: number, step: number): Uint8Array {
  const rows = data.length / (stride + 1)
  const out = new Uint8Array(rows * stride)
  for (let y = 0; y < rows; y++) {
    const filter = data[y * (stride + 1)] ?? 0
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= step ? (out[at - step] ?? 0) : 0
      const up = y > 0 ? (out[at - stride] ?? 0) : 0
      const corner = x >= step && y > 0 ? (out[at - stride - step] ?? 0) : 0
      out[at] = (data[y * (stride + 1) + 1 + x] ?? 0) + foretold(filter, left, up, corner)
    }
  }
  return out
}

function foretold(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const guess = left + up - corner
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

type Colour = readonly [red: number, green: number, blue: number]

interface Shade {
  readonly colour: Colour
  readonly count: number
}

/** Median cut over the colours that occur. */
function paletteOf(rgb: Uint8Array) {
  const counts = new Map<number, number>()
  for (let i = 0; i < rgb.length; i += 3) {
    const key = ((rgb[i] ?? 0) << 16) | ((rgb[i + 1] ?? 0) << 8) | (rgb[i + 2] ?? 0)
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const shades = [...counts].map(([key, count]): Shade => ({
    colour: [key >> 16, (key >> 8) & 255, key & 255],
    count,
  }))
  const boxes = cut(shades)
  const places = new Map<number, number>()
  for (const [index, box] of boxes.entries())
    for (const { colour } of box) places.set((colour[0] << 16) | (colour[1] << 8) | colour[2], index)
  return {
    colours: boxes.map(meanOf),
    indexOf: (red: number, green: number, blue: number) => places.get((red << 16) | (green << 8) | blue) ?? 0,
  }
}

function cut(shades: readonly Shade[]): (readonly Shade[])[] {
  const boxes: (readonly Shade[])[] = [shades]
  while (boxes.length < MOST_COLOURS) {
    const widest = boxes
      .map((box, index) => ({ index, box, ...spreadOf(box) }))
      .reduce((best, one) => (one.weight > best.weight ? one : best))
    if (widest.weight === 0) break
    const sorted = widest.box.toSorted((a, b) => a.colour[widest.part] - b.colour[widest.part])
    const middle = middleOf(sorted)
    boxes.splice(widest.index, 1, sorted.slice(0, middle), sorted.slice(middle))
  }
  return boxes
}

/** Where the halves hold as many pixels each; the large surfaces are few colours, so their logarithm counts. */
function middleOf(sorted: readonly Shade[]): number {
  const half = sorted.reduce((sum, { count }) => sum + Math.log2(count + 1), 0) / 2
  let sum = 0
  const at = sorted.findIndex(({ count }) => (sum += Math.log2(count + 1)) >= half)
  return Math.min(Math.max(at, 1), sorted.length - 1)
}

function spreadOf(box: readonly Shade[]): { part: 0 | 1 | 2; weight: number } {
  const spread = ([0, 1, 2] as const).map((part) => {
    const values = box.map(({ colour }) => colour[part])
    return {
      part,
      range: values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255),
    }
  })
  const { part, range } = spread.reduce((best, one) => (one.range > best.range ? one : best))
  return { part, weight: range * Math.log2(box.length) }
}

/** The colour that most of a box has, so that large surfaces keep theirs exactly. */
function meanOf(box: readonly Shade[]): Colour {
  const most = box.reduce((best, one) => (one.count > best.count ? one : best))
  const pixels = box.reduce((sum, { count }) => sum + count, 0)
  if (most.count * 2 > pixels) return most.colour
  const mean = (part: 0 | 1 | 2) =>
    Math.round(box.reduce((sum, { colour, count }) => sum + colour[part] * count, 0) / pixels)
  return [mean(0), mean(1), mean(2)]
}
