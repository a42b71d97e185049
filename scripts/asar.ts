import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** A file inside an app.asar, or beside it in app.asar.unpacked. */
export interface AsarFile {
  readonly path: string
  readonly size: number
  readonly unpacked: boolean
  /** from the start of the archive; null when it lies beside */
  readonly offset: number | null
}

interface Node {
  readonly files?: Readonly<Record<string, Node>>
  readonly size?: number
  readonly offset?: string
  readonly unpacked?: boolean
}

/** Two pickled numbers, then the length of the header twice. */
const PRELUDE = 16

/** What an archive holds, in the order of its header. */
export function listAsar(archive: string): AsarFile[] {
  const prelude = readAt(archive, 0, PRELUDE)
  const body = 8 + prelude.readUInt32LE(4)
  const header = readAt(archive, PRELUDE, prelude.readUInt32LE(12)).toString('utf8')
  return walk(JSON.parse(header) as Node, '', body)
}

function walk(node: Node, at: string, body: number): AsarFile[] {
  return Object.entries(node.files ?? {}).flatMap(([name, child]) => {
    const path = at === '' ? name : `${at}/${name}`
    if (child.files) return walk(child, path, body)
    const unpacked = child.unpacked === true
    return [{ path, size: child.size ?? 0, unpacked, offset: unpacked ? null : body + Number(child.offset) }]
  })
}

export function readAsar(archive: string, { path, size, offset }: AsarFile): Buffer {
  return offset === null ? readAt(join(`${archive}.unpacked`, path), 0, size) : readAt(archive, offset, size)
}

/** Lays all files of an archive, those beside it too, into a folder. */
export function extractAsar(archive: string, into: string): void {
  for (const file of listAsar(archive)) {
    const target = join(into, file.path)
    mkdirSync(dirname(target), { recursive: true })
    const beside = join(`${archive}.unpacked`, file.path)
    if (file.unpacked && existsSync(beside)) copyFileSync(beside, target)
    else writeFileSync(target, readAsar(archive, file))
  }
}

function readAt(path: string, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length)
  const file = openSync(path, 'r')
  try {
    let got = 0
    while (got < length) {
      const more = readSync(file, bytes, got, length - got, position + got)
      if (more === 0) throw new Error(`${path} ends early`)
      got += more
    }
    return bytes
  } finally {
    closeSync(file)
  }
}
