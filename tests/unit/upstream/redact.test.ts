import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRedactor, maskPhone } from '#core/redact.ts'

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

describe('the redactor (F-37)', () => {
  it.each([
    ['{"token":"eyJhZG1pbl91c2Vy","pageNo":1}', 'eyJhZG1pbl91c2Vy'],
    ['token=eyJhZG1pbl91c2Vy&pageNo=1', 'eyJhZG1pbl91c2Vy'],
    ['{\\"api_password\\":\\"hunter22\\",\\"x\\":1}', 'hunter22'],
    ["password: 'hunter22'", 'hunter22'],
    ['Authorization: Bearer abc.def-123', 'abc.def-123'],
    ['authorization: Basic dXNlcjpwYXNz', 'dXNlcjpwYXNz'],
    ['Cookie: sid=abcdef', 'abcdef'],
    ['bankCode=6222020200112233', '6222020200112233'],
    ['appKey: k3y-k3y', 'k3y-k3y'],
    ['pin=482913', '482913'],
  ])('takes the value out of %s', (text, secret) => {
    const out = createRedactor().text(text)
    expect(out).not.toContain(secret)
    expect(out).toContain('[redacted]')
  })

  it('leaves what is no secret', () => {
    const line = '{"code":1007,"msg":"Token已过期","tableNo":"202005005292","pageNo":3} pinned tokens: many'
    expect(createRedactor().text('meter 202005005292 at page 3')).toBe('meter 202005005292 at page 3')
    expect(createRedactor().text(line)).toContain('"tableNo":"202005005292","pageNo":3')
  })

  it('masks a mobile number, not the middle of a meter number', () => {
    const out = createRedactor().text('call 13812345678, meter 202013812345678')
    expect(out).toBe('call 138****5678, meter 202013812345678')
  })

  it('redacts by key at any depth and keeps the shape', () => {
    const input = { a: [{ api_password: 'x1', pageNo: 2, phone: '13800000000' }], appKey: 'k', ok: true }
    expect(createRedactor().value(input)).toEqual({
      a: [{ api_password: '[redacted]', pageNo: 2, phone: '138****0000' }],
      appKey: '[redacted]',
      ok: true,
    })
    expect(input.appKey).toBe('k')
  })

  it('shows of a phone that is no mobile number a third of its digits at most (W-25)', () => {
    expect(
      ['', '12', '123456', '1234567', '62881234', '123456789', '05716288123', '0571-62881234'].map(maskPhone),
    ).toEqual(['****', '****', '****', '****67', '****34', '****789', '****123', '****1234'])
    expect(['13812345678', '+8613812345678'].map(maskPhone)).toEqual(['138****5678', '****5678'])
    expect(['138****5678', '138****5678~2'].map(maskPhone)).toEqual(['138****5678', '138****5678~2'])
    fc.assert(
      fc.property(fc.stringMatching(/^\d{0,20}$/), (phone) => {
        if (/^1\d{10}$/.test(phone)) return
        expect(maskPhone(phone).replaceAll('*', '').length).toBeLessThanOrEqual(phone.length / 3)
        expect(maskPhone(maskPhone(phone))).toBe(maskPhone(phone))
      }),
    )
  })

  it('survives a value that holds itself', () => {
    const loop: Record<string, unknown> = { token: 'abcdef' }
    loop['self'] = loop
    expect(JSON.stringify(createRedactor().value(loop))).not.toContain('abcdef')
  })

  it('hides a learnt secret wherever it stands, also inside a base64 token', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 8, maxLength: 30, unit: 'grapheme' }).filter((s) => s.trim().length >= 8),
        fc.string({ maxLength: 9 }),
        fc.string({ maxLength: 9 }),
        (secret, before, after) => {
          const redactor = createRedactor()
          redactor.learn(secret)
          expect(redactor.text(`${before} ${secret} ${after}`)).not.toContain(secret)
          expect(redactor.text(JSON.stringify({ x: secret }))).not.toContain(
            JSON.stringify(secret).slice(1, -1),
          )
          expect(redactor.text(new URLSearchParams({ x: secret }).toString())).toContain('[redacted]')
          expect(redactor.text(base64(before + secret + after))).toContain('[redacted]')
        },
      ),
    )
  })

  it('does not learn a value so short that it would take words apart', () => {
    const redactor = createRedactor()
    redactor.learn('a')
    expect(redactor.text('a plain line')).toBe('a plain line')
  })
})
