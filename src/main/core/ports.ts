import type { PlaceTried } from '#shared/contract/backups.ts'
import type { Figure } from './backups/figures.ts'
import type { Inspection } from './backups/manifest.ts'
import type { Index, Kdf, SealingKey } from './backups/sealed.ts'
import type { OpenRadio } from './chargers/radio.ts'
import type { StoreFile } from './backups/copies.ts'

/** The world as the core sees it: small interfaces, given once when the core opens (design §1). */

export interface Clock {
  /** wall clock, epoch ms: for stamps only */
  now(): number
  /** monotonic ms: for durations, timeouts and token ages (spec §6.2) */
  monotonic(): number
  /** resolves after `ms`, rejects with `signal.reason` when aborted */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /** calls `fn` every `ms` until the returned function is called; never keeps the process alive */
  every(ms: number, fn: () => void): () => void
  /** lets the event loop turn, so that long work does not hold the main thread */
  yield(): Promise<void>
}

export interface Random {
  uuid(): string
  bytes(length: number): Uint8Array
  /** 0 ≤ x < 1, for jitter only */
  fraction(): number
}

export interface Log {
  debug(message: string, data?: Record<string, unknown>): void
  info(message: string, data?: Record<string, unknown>): void
  warn(message: string, data?: Record<string, unknown>): void
  error(message: string, data?: Record<string, unknown>): void
  /** the newest lines, already redacted, for the diagnostics bundle */
  recent(): readonly string[]
}

export interface HttpRequest {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
  readonly connectTimeoutMs: number
  readonly totalTimeoutMs: number
  /** bytes after which the answer is cut off with kind `tooLarge` (F-31) */
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

export interface HttpAnswer {
  readonly status: number
  /** lower-case names */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type HttpFailureKind =
  'refused' | 'dns' | 'tls' | 'connectTimeout' | 'timeout' | 'reset' | 'tooLarge' | 'aborted'

/** The request got no whole answer. `bytesSent` false: nothing can have reached the vendor (F-10). */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind
  readonly bytesSent: boolean

  constructor(kind: HttpFailureKind, bytesSent: boolean, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'HttpFailure'
    this.kind = kind
    this.bytesSent = bytesSent
  }
}

export interface Http {
  /** Never follows a redirect; rejects only with HttpFailure. */
  send(request: HttpRequest): Promise<HttpAnswer>
  /** loads what the first request needs, so that it does not wait for it */
  warm?(): void
}

/** One way to keep the data key: the OS key store, a 0600 file, a passphrase (design §3). */
export interface KeyWrap {
  readonly kind: 'osKeyStore' | 'keyFile' | 'passphrase'
  /** null when this wrap cannot be used here and now */
  wrap(key: Uint8Array): Promise<Uint8Array | null>
  unwrap(blob: Uint8Array): Promise<Uint8Array | null>
}

/** Work that would hold the main thread, done by a worker (performance.md §4). */
export interface Workers {
  run<T extends WorkerTaskName>(task: T, input: WorkerTasks[T]['input']): Promise<WorkerTasks[T]['output']>
  close(): Promise<void>
}

export interface SheetColumn {
  readonly title: string
  /** `hours`, `duration`: whole minutes, written as 7.50 and as 7:30 */
  readonly format: 'text' | 'decimal' | 'integer' | 'money' | 'time' | 'day' | 'hours' | 'duration'
}
export type SheetCell = string | number | null

export interface BookSheet {
  /** on its tab: at most 31 characters, none of \\ / ? * [ ] : */
  readonly name: string
  readonly columns: readonly SheetColumn[]
  /** rows, `SheetCell[][]` as JSON; of many rows some at a time */
  readonly rows: string | readonly string[]
  /** the last row holds sums */
  readonly sums: boolean
}

export interface WorkerTasks {
  hashPin: { input: { pin: string; salt: Uint8Array }; output: Uint8Array }
  /** checks a whole database file; a list of what is wrong, empty when sound */
  checkDatabase: { input: { path: string }; output: string[] }
  /** copies an open database as it is at one moment, into one whole file; nobody who writes is held up */
  copyDatabase: { input: { path: string; target: string }; output: null }
  /** opens a copy whole: pages, schema, references, audit chain, sums, and what it hashes to */
  inspectCopy: { input: { path: string; file: StoreFile }; output: Inspection }
  /** rows and sums of an open file, at one moment */
  readFigures: { input: { path: string }; output: Figure[] }
  /** bytes, with indexes, and rows of the tables of an open file; all its pages are read */
  measureTables: {
    input: { path: string }
    output: {
      ownBytes: number
      freeBytes: number
      looseBytes: number
      tables: { table: string; rows: number; bytes: number }[]
    }
  }
  /** writes an open file anew without its free pages, where nobody else writes; null, or why it stayed as it was */
  shrinkFile: { input: { path: string }; output: 'full' | 'busy' | null }
  derivePassphrase: { input: { passphrase: string; salt: Uint8Array; kdf: Kdf }; output: Uint8Array }
  /** files into one under a key, read back whole before it has its name; what the sealed file hashes to */
  sealFiles: {
    input: {
      key: SealingKey
      target: string
      files: readonly { name: string; path: string }[]
      about: Readonly<Record<string, unknown>>
    }
    output: { bytes: number; sha256: string }
  }
  /** opens all of a sealed file, into a folder unless that is null */
  unsealFile: {
    input: {
      path: string
      with: { key: Uint8Array } | { passphrase: string }
      directory: string | null
    }
    output: { index: Index; key: SealingKey } | { fault: SealedFault }
  }
  lookAtPlace: { input: { folder: string }; output: PlaceSeen }
  /** writes into a folder and takes it away again; `beside`: the data folder */
  tryPlace: { input: { folder: string; beside: string }; output: PlaceTried }
  /** makes a folder into a second place; null, or why it cannot be one */
  preparePlace: {
    input: { parent: string; folder: string; text: string; beside: string }
    output: string | null
  }
  removeFiles: { input: { paths: readonly string[] }; output: null }
  writeText: { input: { path: string; text: string }; output: null }
  /** moves a write-ahead log into its file as far as no reader is in the way */
  checkpoint: { input: { path: string }; output: null }
  writeSheet: {
    input: {
      format: 'xlsx' | 'csv'
      columns: readonly SheetColumn[]
      /** rows, `SheetCell[][]` as JSON, some at a time: text crosses to a thread in no time, objects do not */
      pages: readonly string[]
      zoneOffset: number
    }
    /** base64 */
    output: string
  }
  /** several sheets in one XLSX file */
  writeBook: {
    input: { sheets: readonly BookSheet[]; zoneOffset: number }
    /** base64 */
    output: string
  }
  /** a ZIP of one QR picture a label and a list of them, base64 */
  labelImages: {
    input: {
      images: readonly { file: string; text: string; cells: readonly string[] }[]
      /** pixels of a QR module */
      scale: number
    }
    output: string
  }
  /** a ZIP of texts, base64 */
  zipTexts: { input: { files: readonly { name: string; text: string }[] }; output: string }
  /** the first sheet of an XLSX or CSV file as text, row by row as they stand in the file: `string[][]` as JSON */
  readSheet: {
    input: { base64: string; maxRows: number }
    output: { pages: string[] } | { error: 'notASheet' | 'oldExcel' | 'tooManyRows' }
  }
}
export type WorkerTaskName = keyof WorkerTasks

/** Why a sealed file does not open: another passphrase, or bytes that are missing, moved or changed. */
export type SealedFault = 'unreadable' | 'notSealed' | 'wrongKey' | 'damaged'

export type PlaceSeen =
  | {
      readonly state: 'ready'
      readonly freeBytes: number
      /** `manifest`: the text beside it, null where there is none */
      readonly copies: readonly { name: string; bytes: number; manifest: string | null }[]
    }
  | { readonly state: 'absent'; readonly message: string }

export type SqlValue = string | number | bigint | null | Uint8Array
export type SqlRow = Record<string, SqlValue>

/** A prepared statement, cached by its text. Synchronous, like everything of the store. */
export interface Statement<R> {
  all(...values: SqlValue[]): R[]
  get(...values: SqlValue[]): R | undefined
  run(...values: SqlValue[]): { changes: number; lastInsertRowid: number }
  /** rows as arrays of columns: the cheapest form for large results */
  arrays(...values: SqlValue[]): SqlValue[][]
}

/** What Kysely's `.compile()` gives. */
export interface Compiled<R> {
  readonly sql: string
  readonly parameters: readonly unknown[]
  /** never there: only carries the row type */
  readonly __row?: R
}

export interface SqlDatabase {
  readonly path: string
  /** hot paths: prepared once, kept for the life of the connection */
  statement<R = SqlRow>(sql: string): Statement<R>
  exec(sql: string): void
  pragma(text: string): unknown
  readonly inTransaction: boolean
  backup(target: string): Promise<void>
  close(): void
}

export interface SqlDriver {
  open(path: string, options: { durable: boolean; readonly?: boolean }): SqlDatabase
}

export interface Files {
  exists(path: string): boolean
  size(path: string): number
  list(directory: string): string[]
  makeDirectory(path: string): void
  copy(from: string, to: string): void
  rename(from: string, to: string): void
  remove(path: string): void
  read(path: string): Promise<Uint8Array>
  /** whole or not at all */
  write(path: string, bytes: Uint8Array): Promise<void>
  join(...parts: string[]): string
  /** free bytes on the disk of a path */
  freeBytes(path: string): number
}

export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly log: Log
  readonly http: Http
  readonly sql: SqlDriver
  readonly files: Files
  readonly workers: Workers
  readonly keyWraps: readonly KeyWrap[]
  readonly openRadio: OpenRadio
}
