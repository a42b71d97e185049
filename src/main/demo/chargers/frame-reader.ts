/** Longest input kept without an end: a firmware's buffer is small. */
const LONGEST = 256

/** What arrives, put together again from `@` to `&`, whatever its pieces; anything outside is dropped. */
export class FrameReader {
  #kept = ''

  /** the inside of each frame that is whole now, without `@` and `&` */
  push(bytes: Uint8Array): string[] {
    const frames: string[] = []
    for (const byte of bytes) this.#take(String.fromCharCode(byte), frames)
    return frames
  }

  clear(): void {
    this.#kept = ''
  }

  #take(character: string, frames: string[]): void {
    if (character === '@') this.#kept = '@'
    else if (this.#kept === '') return
    else if (character === '&') {
      frames.push(this.#kept.slice(1))
      this.#kept = ''
    } else this.#kept = this.#kept.length < LONGEST ? this.#kept + character : ''
  }
}
