import type { IncomingMessage } from 'node:http'
import type { Caller } from '#core/context.ts'
import type { Core } from '#core/core.ts'
import { SitedeskError } from '#shared/errors.ts'
import { answer, toWire } from '../answer.ts'
import { jsonOf } from '../../json.ts'
import type { ConsoleSessions } from './console-session.ts'
import { answered, json, readBody, refusal, type Reply } from './respond.ts'

const OPERATION = /^\/api\/([a-z]+)\/([a-zA-Z]+)$/
export const OPENAPI_PATH = '/api/openapi.json'

/** The automation API (interfaces §3): the token opens the door, the session says which operator asks. */
export async function answerApi(
  core: Core,
  sessions: ConsoleSessions,
  request: IncomingMessage,
  pathname: string,
): Promise<Reply> {
  try {
    if (!hasToken(sessions, request)) throw tokenRequired()
    if (pathname === OPENAPI_PATH) return await openApi(request)
    const operation = operationOf(pathname)
    if (request.method !== 'POST') return methodNotAllowed('POST')
    const input = parseInput(await readBody(request), request.headers['content-type'])
    const result = await answer(core, callerOf(request), operation, input)
    return result.ok ? answered(await jsonOf(result.result)) : refusal(result.error)
  } catch (error) {
    return refusal(toWire(error))
  }
}

export function hasToken(sessions: ConsoleSessions, request: IncomingMessage): boolean {
  const match = /^Bearer ([\w-]{1,200})$/i.exec(request.headers.authorization ?? '')
  return match?.[1] !== undefined && sessions.isToken(match[1])
}

const tokenRequired = () =>
  new SitedeskError(
    'TOKEN_REQUIRED',
    'Send "Authorization: Bearer" with the token of the ready line, or of the settings of the desktop.',
  )

export function methodNotAllowed(allow: string): Reply {
  const error = new SitedeskError('METHOD_NOT_ALLOWED', `This address takes ${allow} only.`, { allow })
  const reply = refusal(error.toWire())
  return { ...reply, headers: { ...reply.headers, Allow: allow } }
}

function operationOf(pathname: string): string {
  const match = OPERATION.exec(pathname)
  if (match) return `${match[1]}.${match[2]}`
  throw new SitedeskError('UNKNOWN_OPERATION', `There is no operation at ${pathname}.`)
}

function callerOf(request: IncomingMessage): Caller {
  const session = request.headers['x-sitedesk-session']
  return typeof session === 'string' && session !== '' ? { door: 'api', session } : { door: 'api' }
}

function parseInput(body: string, type: string | undefined): unknown {
  if (body === '') return {}
  if (type !== undefined && !/^application\/json\b/i.test(type))
    throw new SitedeskError('INVALID_INPUT', 'The body must be application/json.')
  try {
    return JSON.parse(body)
  } catch {
    throw new SitedeskError('INVALID_INPUT', 'The body is not valid JSON.')
  }
}

async function openApi(request: IncomingMessage): Promise<Reply> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed('GET')
  const { openApiDocument } = await import('./openapi.ts')
  return json(200, openApiDocument())
}
