import { BASES } from '../request/route.ts'
import { DESCRIBED, type Described, type Field } from './endpoints.ts'

type Json = Record<string, unknown>

const TRANSPORT: Readonly<Record<string, string>> = {
  '403': 'Not from this network. Code 5.',
  '404': 'No such endpoint. Code 3.',
  '405': 'POST only. Code 3.',
  '413': 'More than 64 KiB. Code 3.',
  '429': 'Too many requests from this address. Code 3.',
}

const CODES =
  '0 done · 1 timestamp wrong · 2 signature wrong · 3 parameter missing or malformed · 4 unknown application, session or phone · ' +
  '5 known, and not allowed · 6 in use · 999 log-in and purchases of coins: WeChat or the payment provider does not answer; the disk of the desk is full'

/** The service for mini-programs as OpenAPI 3.1. */
export const openApi = (): Json => ({
  openapi: '3.1.0',
  info: {
    title: 'sitedesk LAN service for mini-programs',
    version: '1.0',
    license: { name: 'MIT', identifier: 'MIT' },
    description:
      'Every call is a POST with appId, appKey, timestamp and signature beside its own parameters, as flat JSON or as a form. ' +
      'The signature is base64 of the hexadecimal MD5 of all parameters but itself, sorted by name, names and values joined ' +
      'without anything between, and the jam code at the end. See mini-program.md for worked examples.',
  },
  servers: [{ url: 'http://127.0.0.1:8085', description: 'the address that the console shows' }],
  paths: Object.fromEntries(
    DESCRIBED.map((one) => [`${BASES[one.side]}${one.name}`, { post: operation(one) }]),
  ),
  components: {
    schemas: { Common: common, Code: { type: 'integer', description: CODES }, Refusal: envelope(EMPTY) },
    responses: Object.fromEntries(
      Object.entries(TRANSPORT).map(([status, description]) => [
        `Http${status}`,
        {
          description,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Refusal' } } },
        },
      ]),
    ),
  },
})

const common: Json = {
  type: 'object',
  required: ['appId', 'appKey', 'timestamp', 'signature'],
  properties: {
    appId: { type: 'string' },
    appKey: { type: 'string' },
    timestamp: { type: 'integer', description: 'UNIX seconds, within 300 s of the clock of the service' },
    signature: { type: 'string' },
    session: { type: 'string', description: 'where the service asks for it' },
  },
}

const schemaOf = ({ type, note, example }: Field): Json => ({ type, description: note, examples: [example] })

const objectOf = (fields: readonly Field[]): Json => ({
  type: 'object',
  properties: Object.fromEntries(fields.map((field) => [field.name, schemaOf(field)])),
  required: fields.filter(({ required }) => required).map(({ name }) => name),
})

function operation({ side, name, summary, refusals, ...described }: Described): Json {
  const schema = { allOf: [{ $ref: '#/components/schemas/Common' }, objectOf(described.params)] }
  return {
    operationId: name,
    tags: [side],
    summary,
    ...(refusals !== '' && { description: `Refusals: ${refusals}.` }),
    requestBody: {
      required: true,
      content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
    },
    responses: {
      '200': {
        description: 'The answer, or a refusal in its code; `data` is [] then.',
        content: { 'application/json': { schema: envelope(answerOf(described)) } },
      },
      ...Object.fromEntries(
        Object.keys(TRANSPORT).map((status) => [status, { $ref: `#/components/responses/Http${status}` }]),
      ),
    },
  }
}

const EMPTY: Json = { type: 'array', maxItems: 0 }

const envelope = (data: Json): Json => ({
  type: 'object',
  required: ['code', 'message', 'data'],
  properties: { code: { $ref: '#/components/schemas/Code' }, message: { type: 'string' }, data },
})

function answerOf({
  shape,
  data,
  totals,
  rowsAs,
}: Pick<Described, 'shape' | 'data' | 'totals' | 'rowsAs'>): Json {
  const rows = { type: 'array', items: objectOf(data) }
  if (shape !== 'page') return rows
  const page = objectOf(totals)
  return { ...page, properties: { ...(page.properties as Json), [rowsAs]: rows } }
}
