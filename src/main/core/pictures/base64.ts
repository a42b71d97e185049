/** A multiple of three, so that the parts join to one text. */
const PART = 3 * 4096

export function base64Of(bytes: Uint8Array): string {
  let text = ''
  for (let from = 0; from < bytes.length; from += PART)
    text += btoa(String.fromCharCode(...bytes.subarray(from, from + PART)))
  return text
}
