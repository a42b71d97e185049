export const PT_PER_MM = 72 / 25.4

export const n = (value: number) => String(Math.round(value * 10_000) / 10_000)
export const bytesOf = (text: string) => Uint8Array.from(text, (char) => char.charCodeAt(0))

/** Numbers its objects as they come and knows where each begins. */
export class PdfWriter {
  readonly #parts: Uint8Array[] = []
  readonly #offsets: number[] = []
  #length = 0

  constructor() {
    this.#raw(bytesOf('%PDF-1.4\n%\u00E2\u00E3\u00CF\u00D3\n'))
  }

  #raw(bytes: Uint8Array): void {
    this.#parts.push(bytes)
    this.#length += bytes.length
  }

  /** the number of an object that is written later */
  reserve(): number {
    return this.#offsets.push(0)
  }

  write(number: number, dictionary: string, stream?: Uint8Array): number {
    this.#offsets[number - 1] = this.#length
    if (!stream) this.#raw(bytesOf(`${number} 0 obj\n<<${dictionary}>>\nendobj\n`))
    else {
      this.#raw(bytesOf(`${number} 0 obj\n<<${dictionary}/Length ${stream.length}>>\nstream\n`))
      this.#raw(stream)
      this.#raw(bytesOf('\nendstream\nendobj\n'))
    }
    return number
  }

  add(dictionary: string, stream?: Uint8Array): number {
    return this.write(this.reserve(), dictionary, stream)
  }

  end(root: number): Blob {
    const at = this.#length
    const rows = this.#offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
    const size = this.#offsets.length + 1
    this.#raw(
      bytesOf(
        `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<</Size ${size}/Root ${root} 0 R>>\nstartxref\n${at}\n%%EOF\n`,
      ),
    )
    return new Blob(this.#parts as BlobPart[], { type: 'application/pdf' })
  }
}
