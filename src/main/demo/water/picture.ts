import { crc32, deflateSync } from 'node:zlib'

const WIDTH = 480
const HEIGHT = 160
const MARGIN = 12

/** A bar chart as the vendor would draw it: a PNG of three colours. */
export function chartPicture(values: readonly number[]): Uint8Array {
  const pixels = Buffer.alloc((WIDTH + 1) * HEIGHT)
  const most = Math.max(...values, 1)
  const step = Math.floor((WIDTH - 2 * MARGIN) / Math.max(values.length, 1))
  const put = (x: number, y: number, colour: number) => {
    pixels[y * (WIDTH + 1) + 1 + x] = colour
  }
  for (let x = MARGIN; x < WIDTH - MARGIN; x++) put(x, HEIGHT - MARGIN, 2)
  for (const [i, value] of values.entries()) {
    const height = Math.round((value / most) * (HEIGHT - 2 * MARGIN))
    for (let x = 0; x < step - 2; x++)
      for (let y = 0; y < height; y++) put(MARGIN + i * step + x, HEIGHT - MARGIN - 1 - y, 1)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(WIDTH, 0)
  header.writeUInt32BE(HEIGHT, 4)
  // 8 bits a pixel, by palette
  header.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from([255, 255, 255, 64, 138, 214, 120, 120, 120])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
