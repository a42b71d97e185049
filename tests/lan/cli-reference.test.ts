import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '#core/charging/refusal.ts'
import { Calls } from '#main/demo/miniprogram/calls.ts'
import { MANAGERS } from '#main/demo/charging/index.ts'
import { attendanceEndpoints } from '#main/lan/attendance/index.ts'
import { USUAL_FORMS, type Endpoint, type FieldValue } from '#main/lan/endpoint.ts'
import { managerEndpoints } from '#main/lan/manager/index.ts'
import { DESCRIBED, type Described } from '#main/lan/reference/endpoints.ts'
import { endpointPages } from '#main/lan/reference/markdown.ts'
import { openApi } from '#main/lan/reference/openapi.ts'
import { findEndpoint, prepare } from '#main/lan/reference/request.ts'
import { readBody } from '#main/lan/request/body.ts'
import { encodeDigest, md5, verifySignature } from '#main/lan/request/signature.ts'
import { userEndpoints } from '#main/lan/user/index.ts'
import { openDemoConsole, type DemoConsole } from '../fixtures/console.ts'

const docs = join(import.meta.dirname, '../../docs')
const guide = readFileSync(join(docs, 'mini-program.md'), 'utf8')
const documented = [...userEndpoints, ...managerEndpoints]
// only the table is looked at: nothing is called
const endpoints = [...documented, ...attendanceEndpoints(undefined as never)]
const described = (name: string): Described => {
  const found = DESCRIBED.find((one) => one.name === name)
  if (!found) throw new Error(`${name} is not described`)
  return found
}
const always = ({ session }: Endpoint) => session === 'always'
const fieldsOf = (params: Described['params']) =>
  new Map<string, FieldValue>(params.map(({ name, example }) => [name, example]))

describe('the description of the endpoints', () => {
  it('is of all of them, and of nothing else', () => {
    const key = ({ side, name, shape }: Pick<Endpoint, 'side' | 'name' | 'shape'>) =>
      `${side} ${name} ${shape}`
    expect(DESCRIBED.map(key).toSorted()).toEqual(endpoints.map(key).toSorted())
    expect(documented).toHaveLength(38)
    expect(DESCRIBED).toHaveLength(38 + 20)
  })

  it.each(endpoints.map((one) => [one.name, one] as const))(
    'names what %s needs: with the examples it is understood, without any of them it is not',
    (name, endpoint) => {
      // the session is looked at before
      const params = described(name).params.filter((param) => !(always(endpoint) && param.name === 'session'))
      if (always(endpoint))
        expect(described(name).params[0]).toMatchObject({ name: 'session', required: true })
      expect(() => endpoint.parse(fieldsOf(params), USUAL_FORMS)).not.toThrow()
      for (const missing of params.filter(({ required }) => required)) {
        const rest = fieldsOf(params.filter((param) => param !== missing))
        expect(() => endpoint.parse(rest, USUAL_FORMS), missing.name).toThrow(Refusal)
      }
      // "at least one of" is said in words
      if (name !== 'setDeviceValue')
        expect(() =>
          endpoint.parse(fieldsOf(params.filter(({ required }) => required)), USUAL_FORMS),
        ).not.toThrow()
    },
  )
})

describe('what is answered', () => {
  let console: DemoConsole
  let calls: Calls
  beforeAll(async () => {
    console = await openDemoConsole()
    await console.call('settings.update', { changes: { 'lan.perAddressPerSecond': 0 } })
    await console.core.lan.begin()
    calls = new Calls(
      () => console.core.lan.state().url,
      () => Date.now(),
    )
  })
  afterAll(() => console.close())

  const debtor = async () => (await console.call('orders.list', { state: ['unpaid'] })).rows[0]?.user ?? ''

  it.each(documented.filter(({ mutating }) => !mutating).map(({ name }) => [name]))(
    'has the fields that are described: %s',
    async (name) => {
      const { side, params, data, totals, shape, rowsAs } = described(name)
      const own: Record<string, string> = {
        user: await debtor(),
        manager: MANAGERS[0].manager,
        deviceCode: '60010001',
        ...(name === 'queryOrderPay' && {
          orderId: (await console.call('orders.list', { state: ['settled'] })).rows[0]?.orderId ?? '',
        }),
        ...(name === 'queryPmoneyPay' && { payId: somePurchase() }),
      }
      const given = params
        .filter(({ required }) => required)
        .map((param) => [param.name, own[param.name] ?? param.example] as const)
      const answered = await calls.data(side, name, Object.fromEntries(given))
      const rows = shape === 'page' ? (answered as Record<string, unknown>)[rowsAs] : answered
      const [row] = rows as Record<string, unknown>[]
      const names = (fields: Described['data']) => fields.map((field) => field.name).toSorted()
      if (shape === 'page')
        expect(Object.keys(answered as object).toSorted()).toEqual([...names(totals), rowsAs].toSorted())
      if (row) expect(Object.keys(row).toSorted()).toEqual(names(data))
      else expect(['getPmoneyGift', 'getPmoneyCharge']).toContain(name)
      for (const { name: field, type } of data)
        if (row) expect([field, typeof row[field]]).toEqual([field, type === 'string' ? 'string' : 'number'])
    },
  )

  const somePurchase = () => console.demo.books(Date.now(), 8 * 3_600_000).purchases[0]?.payId ?? ''
})

describe('the documents', () => {
  it('are current: npm run miniprogram:docs', () => {
    const written = readFileSync(join(docs, 'mini-program.openapi.json'), 'utf8')
    expect(written).toBe(`${JSON.stringify(openApi(), null, 2)}\n`)
    expect(guide).toContain(endpointPages())
  })

  it('warn that a key is enough to be anybody', () => {
    expect(guide).toContain('can act as any user or manager (H-22)')
    expect(guide).toContain('requireSession')
  })

  /** title of an example, the text and the digests that stand below it */
  const examples = [...guide.matchAll(/#### `([^`]+)`\n([\s\S]*?)(?=\n#{2,4} )/g)].flatMap(
    ([, title = '', body = '']) =>
      [
        ...body.matchAll(
          /```text\n(.+)\n```\s+MD5\s+`(\w+)`,\s+sent\s+as\s+`([^`]+)`\s+\(or, of\s+the\s+16\s+bytes,\s+`([^`]+)`\)/g,
        ),
      ].map(([, text = '', hex = '', sent = '', raw = '']) => ({ title, text, hex, sent, raw })),
  )
  const JAM = 'invented-jam-code'

  it('have their worked examples', () => {
    expect(new Set(examples.map(({ title }) => title)).size).toBe(7)
    expect(examples.length).toBeGreaterThanOrEqual(12)
  })

  it.each(examples.map((one) => [`${one.title}: ${one.hex}`, one] as const))(
    'have examples that hold: %s',
    (_name, { title, text, hex, sent, raw }) => {
      expect(md5(text + JAM)).toBe(hex)
      expect([encodeDigest(hex, 'hex'), encodeDigest(hex, 'raw')]).toEqual([sent, raw])
      const [name = '', ...words] = title.split(' ')
      const endpoint = described(name)
      const params = new Map(words.map((word) => [word.split('=')[0] ?? '', word.split('=')[1] ?? '']))
      const caller = {
        appId: `invented-${endpoint.side}-app`,
        appKey: `invented-${endpoint.side}-key`,
        jam: JAM,
      }
      const wish = { endpoint, params, caller, timestamp: 1_700_000_000, order: 'sorted' } as const
      const { body, contentType } = prepare({ ...wish, encoding: 'hex', body: 'form' })
      // a form says numbers as they are typed
      const asTyped = new URLSearchParams(body)
      for (const [field, value] of params) asTyped.set(field, value)
      for (const signature of [sent, raw]) {
        asTyped.set('signature', signature)
        const read = readBody(contentType, Buffer.from(asTyped.toString()))
        if (typeof read === 'string') throw new Error(read)
        expect(verifySignature(read, JAM, {})).not.toBeNull()
      }
    },
  )

  it('say every endpoint by its name in any case and by its path', () => {
    expect(findEndpoint('cashout')?.name).toBe('CashOut')
    expect(findEndpoint('/oapi/bluepower_manager/1_0/addDevice/')?.name).toBe('addDevice')
    expect(findEndpoint('/oapi/bluepower_user/1_0/addDevice')).toBeNull()
    expect(findEndpoint('nothing')).toBeNull()
  })

  it('are handed out by the console', async () => {
    const console = await openDemoConsole()
    const { name, json } = await console.call('lan.openapi', {})
    expect(name).toBe('mini-program.openapi.json')
    expect(JSON.parse(json)).toEqual(openApi())
    await console.close()
  })
})

describe('the OpenAPI document', () => {
  it('refers to nothing that is not there', () => {
    const document = openApi()
    const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path = '']) => path)
    expect(refs.length).toBeGreaterThan(38)
    for (const path of new Set(refs)) {
      const found = path
        .split('/')
        .reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], document)
      expect(found, path).toBeDefined()
    }
  })
})
