/** A file that goes along in a call: what the screens take, and what it is in base64. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024
export const MOST_FILE_BASE64 = 14_000_000

/** The largest call at any door: such a file, and what is said of it. */
export const MOST_CALL_BYTES = MOST_FILE_BASE64 + 256 * 1024
