import { crc32, deflateSync } from 'node:zlib'
import { zipSync, type Zippable } from 'fflate'
import { encode } from 'uqr'
import { writeSheet } from './sheet.ts'

interface LabelImage {
  /** name in the archive */
  readonly file: string
  /** what the QR says */
  readonly text: string
  /** columns of the list: code, alias, name, kind */
  readonly cells: readonly string[]
}

/** Modules of white around a QR: the least that readers are promised (ISO/IEC 18004). */
const QUIET = 4
const PACKED_ALREADY = { level: 0 } as const
const HEADER = ['设备编号', '名称', '蓝牙名称', '种类', '文件', '内容']
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** A ZIP of one PNG a label and 清单.xlsx, base64. */
export async function labelImages(wanted: { images: readonly LabelImage[]; scale: number }): Promise<string> {
  const { images, scale } = wanted
  const files: Zippable = {}
  for (const { file, text } of images) files[file] = [qrPng(text, scale), PACKED_ALREADY]
  const list = await writeSheet({
    format: 'xlsx',
    columns: HEADER.map((title) => ({ title, format: 'text' })),
    pages: [JSON.stringify(images.map(({ file, text, cells }) => [...cells, file, text]))],
    zoneOffset: 0,
  })
  files['清单.xlsx'] = [Buffer.from(list, 'base64'), PACKED_ALREADY]
  return Buffer.from(zipSync(files)).toString('base64')
}

/** Black on white, one bit a pixel, every module `scale` pixels (PNG, ISO/IEC 15948). */
export function qrPng(text: string, scale: number): Uint8Array {
  const { data, size } = encode(text, { border: QUIET, ecc: 'M' })
  const pixels = size * scale
  const rowBytes = Math.ceil(pixels / 8)
  const raw = Buffer.alloc((rowBytes + 1) * pixels)
  for (let y = 0; y < pixels; y += 1) {
    const line = y * (rowBytes + 1) + 1
    const modules = data[Math.floor(y / scale)] ?? []
    for (let x = 0; x < pixels; x += 1) {
      if (modules[Math.floor(x / scale)]) continue
      const at = line + (x >> 3)
      raw[at] = (raw[at] ?? 0) | (0x80 >> (x & 7))
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(pixels, 0)
  head.writeUInt32BE(pixels, 4)
  // one bit, greyscale
  head.set([1, 0, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(raw)),
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
