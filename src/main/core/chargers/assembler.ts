/** Puts notifications together into replies, `@` to `&` (B-09). */
export interface Assembler {
  /** frames that these bytes complete, and what was thrown away on the way */
  take(bytes: Uint8Array): { readonly frames: string[]; readonly noise: string[] }
  /** forgets a half-heard reply */
  reset(): void
}

/** A reply is 27 bytes at most; what grows beyond this is none (B-09). */
export const MOST_BYTES = 256

/** One byte, one character: whatever is no ASCII stays visible and fits no grammar. */
const textOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

export function createAssembler(): Assembler {
  let held = ''
  return {
    take(bytes) {
      const frames: string[] = []
      const noise: string[] = []
      const drop = (text: string) => {
        if (text.trim() !== '') noise.push(text)
      }
      let rest = held + textOf(bytes)
      for (let end = rest.indexOf('&'); end >= 0; end = rest.indexOf('&')) {
        // a reply that broke off is given up where the next one begins
        const start = rest.lastIndexOf('@', end)
        drop(rest.slice(0, start < 0 ? end + 1 : start))
        if (start >= 0) frames.push(rest.slice(start, end + 1))
        rest = rest.slice(end + 1)
      }
      const start = rest.lastIndexOf('@')
      drop(start < 0 ? rest : rest.slice(0, start))
      held = start < 0 ? '' : rest.slice(start)
      if (held.length > MOST_BYTES) {
        drop(held)
        held = ''
      }
      return { frames: frames.filter((frame) => frame.length <= MOST_BYTES || !noise.push(frame)), noise }
    },
    reset() {
      held = ''
    },
  }
}
