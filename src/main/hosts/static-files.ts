import { readFile } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

export interface StaticFile {
  readonly body: Buffer<ArrayBuffer>
  readonly type: string
  readonly cache: string
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
}

/** A file of the built page, or null. Names with their hash never change; everything else is asked for anew. */
export async function readStatic(root: string, pathname: string): Promise<StaticFile | null> {
  const path = inside(root, pathname)
  const type = path === null ? undefined : TYPES[extname(path)]
  if (path === null || type === undefined) return null
  try {
    const body = await readFile(path)
    const cache = pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store'
    return { body, type, cache }
  } catch {
    return null
  }
}

/** Only plain names: no escapes, no dot segments, no backslashes, nothing hidden. */
function inside(root: string, pathname: string): string | null {
  if (!/^(\/[\w-][\w.-]*)+$/.test(pathname)) return null
  const path = join(root, pathname)
  return path.startsWith(root + sep) ? path : null
}
