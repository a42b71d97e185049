import { contract, type Operation } from '#shared/contract/index.ts'
import { ERROR_STATUS } from '#shared/errors.ts'
import { z } from '#shared/z.ts'
import { VERSION } from '../launch/version.ts'

type Json = Record<string, unknown>

let cached: Json | undefined

/** Describes every operation of the contract as OpenAPI 3.1; made at the first request. */
export function openApiDocument(): Json {
  cached ??= {
    openapi: '3.1.0',
    info: { title: 'sitedesk', version: VERSION, license: { name: 'MIT', identifier: 'MIT' } },
    security: [{ token: [] }],
    paths: Object.fromEntries(
      Object.entries(contract).map(([name, operation]) => [
        `/api/${name.replace('.', '/')}`,
        path(name, operation),
      ]),
    ),
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'header', name: 'X-Sitedesk-Session' },
      },
      schemas: { Error: errorSchema },
    },
  }
  return cached
}

const errorSchema = {
  type: 'object',
  required: ['code', 'message'],
  properties: { code: { enum: Object.keys(ERROR_STATUS) }, message: { type: 'string' }, data: {} },
}

function path(name: string, operation: Operation): Json {
  const access = typeof operation.access === 'string' ? operation.access : operation.access.join(', ')
  return {
    post: {
      operationId: name,
      tags: [name.split('.')[0]],
      summary: operation.summary,
      'x-kind': operation.kind,
      'x-access': access,
      security: operation.access === 'public' ? [{ token: [] }] : [{ token: [], session: [] }],
      requestBody: { content: content(schemaOf(operation.input, 'input')) },
      responses: {
        '200': { description: 'The answer.', content: content(schemaOf(operation.output, 'output')) },
        default: {
          description: 'A refusal with a stable code.',
          content: content({ $ref: '#/components/schemas/Error' }),
        },
      },
    },
  }
}

const content = (schema: Json): Json => ({ 'application/json': { schema } })

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
