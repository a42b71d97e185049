import type { IncomingMessage, ServerResponse } from 'node:http'
import { ERROR_STATUS, SitedeskError, type WireError } from '#shared/errors.ts'
import { MOST_CALL_BYTES } from '#shared/uploads.ts'
import { securityHeaders } from '../headers.ts'

export interface Reply {
  readonly status: number
  readonly body?: string | Buffer
  readonly headers?: Readonly<Record<string, string>>
}

export function send(response: ServerResponse, { status, body = '', headers = {} }: Reply): void {
  // The rest of an oversized body is still on the wire: nothing more can be read from this connection.
  if (status === ERROR_STATUS.BODY_TOO_LARGE) response.setHeader('Connection', 'close')
  response.writeHead(status, {
    ...securityHeaders(),
    'Cache-Control': 'no-store',
    ...headers,
    'Content-Length': Buffer.byteLength(body),
  })
  response.end(body)
}

export const json = (status: number, value: unknown, headers: Record<string, string> = {}): Reply => ({
  ...answered(JSON.stringify(value), headers),
  status,
})

/** JSON as it is. */
export const answered = (body: string | Buffer, headers: Record<string, string> = {}): Reply => ({
  status: 200,
  body,
  headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
})

export const html = (status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  body,
  headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers },
})

export const refusal = (error: WireError): Reply => json(ERROR_STATUS[error.code], error)

/** Reads a body to its end or to the limit; what comes after the limit is not read. */
export function readBody(request: IncomingMessage, limit = MOST_CALL_BYTES): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    const collect = (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) {
        chunks.push(chunk)
        return
      }
      request.off('data', collect)
      request.pause()
      reject(new SitedeskError('BODY_TOO_LARGE', `A body may have ${limit} bytes at most.`, { limit }))
    }
    request.on('data', collect)
    request.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    request.once('error', reject)
  })
}
