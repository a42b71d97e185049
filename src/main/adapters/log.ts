import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Log } from '#core/ports.ts'
import { redactor } from '#core/redact.ts'
import { openLogFile } from './log-file.ts'

/** Lines kept in memory for the diagnostics bundle. */
const RECENT_LINES = 400
/** Characters of one line on stderr; the file has all of it. */
const SHORT_LINE = 300

type Level = 'debug' | 'info' | 'warn' | 'error'

export interface LogOptions {
  readonly directory: string
  readonly level?: Level
  /** where warnings and errors are repeated, one short line each; never stdout */
  readonly mirror?: (line: string) => void
}

/** JSON lines in `logs/sitedesk.log`; everything is redacted before it is written anywhere (F-37). */
export function createLog({ directory, level = 'info', mirror = toStderr }: LogOptions): Log {
  const folder = join(directory, 'logs')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = openLogFile(join(folder, 'sitedesk.log'))
  const recent: string[] = []
  const sink = {
    write(line: string) {
      recent.push(line.trimEnd())
      if (recent.length > RECENT_LINES) recent.shift()
      file.write(line)
    },
  }
  const out = pino({ level, base: null, formatters: { level: (label) => ({ level: label }) } }, sink)
  const write = (at: Level) => (message: string, data?: Record<string, unknown>) => {
    const text = redactor.text(message)
    const fields = data === undefined ? {} : (redactor.value(data) as Record<string, unknown>)
    out[at](fields, text)
    if (at === 'warn' || at === 'error') mirror(shortLine(at, text, fields))
  }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    recent: () => [...recent],
  }
}

function shortLine(level: Level, message: string, fields: Record<string, unknown>): string {
  const { stack: _, ...rest } = fields
  const data = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : ''
  const line = `sitedesk ${level}: ${message}${data}`.replaceAll(/\s*\n\s*/g, ' ')
  return line.length > SHORT_LINE ? `${line.slice(0, SHORT_LINE)}…` : line
}

const toStderr = (line: string) => void process.stderr.write(`${line}\n`)
