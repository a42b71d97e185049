/** Opaque pixels as set bits, each row on whole bytes. */
export function bitsOf(rgba: Uint8ClampedArray, columns: number, rows: number): Uint8Array {
  const rowBytes = Math.ceil(columns / 8)
  const bits = new Uint8Array(rowBytes * rows)
  for (let y = 0; y < rows; y += 1)
    for (let x = 0; x < columns; x += 1)
      if ((rgba[(y * columns + x) * 4 + 3] ?? 0) > 127) {
        const at = y * rowBytes + (x >> 3)
        bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7))
      }
  return bits
}

export async function deflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as BlobPart]).stream().pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
