/** Bytes turned at once; a multiple of three, so that the parts join without padding between them. */
const CHUNK = 3 * 8192

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK)
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + CHUNK))))
  return parts.join('')
}
