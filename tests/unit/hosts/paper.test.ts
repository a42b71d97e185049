import { describe, expect, it, vi } from 'vitest'
import { printersOf, printPage, type PaperSource } from '#main/hosts/electron/paper.ts'

type Done = (ok: boolean, reason: string) => void

function source(end: { ok: boolean; reason?: string } = { ok: true }, names: readonly string[] = ['Till']) {
  const print = vi.fn<(options: object, done: Done) => void>((_options, done) =>
    done(end.ok, end.reason ?? ''),
  )
  const printToPDF = vi.fn<(options: object) => Promise<Buffer>>(() => Promise.resolve(Buffer.from('%PDF-1')))
  const found = names.map((name) => ({ name, displayName: '', description: '', options: {} }))
  const made = { print, printToPDF, getPrintersAsync: () => Promise.resolve(found) } as unknown as PaperSource
  return { made, print, printToPDF }
}

const ROLL = { to: 'printer', page: { width: 58, height: 120.5 }, printer: 'Till' }

describe('paper of the desktop', () => {
  it('prints silently on the chosen printer, in micrometres and without margins', async () => {
    const { made, print } = source()
    expect(await printPage(made, ROLL)).toEqual({ ok: true })
    expect(print.mock.calls[0]?.[0]).toMatchObject({
      silent: true,
      deviceName: 'Till',
      margins: { marginType: 'none' },
      pageSize: { width: 58_000, height: 120_500 },
    })
  })

  it('leaves the choice to the system where none was made', async () => {
    const { made, print } = source()
    await printPage(made, { ...ROLL, printer: '' })
    expect(print.mock.calls[0]?.[0]).not.toHaveProperty('deviceName')
  })

  it('says that the printer is gone rather than print elsewhere', async () => {
    const { made, print } = source({ ok: true }, ['Other'])
    expect(await printPage(made, ROLL)).toEqual({ ok: false, reason: 'noPrinter' })
    expect(await printPage(source({ ok: true }, []).made, ROLL)).toEqual({ ok: false, reason: 'noPrinter' })
    expect(print).not.toHaveBeenCalled()
  })

  it.each([
    ['Print job canceled', 'cancelled'],
    ['Print job failed', 'failed'],
  ])('%s is %s', async (reason, told) => {
    expect(await printPage(source({ ok: false, reason }).made, ROLL)).toEqual({ ok: false, reason: told })
  })

  it('makes a PDF of the same size, in inches', async () => {
    const { made, printToPDF, print } = source()
    const answer = await printPage(made, { to: 'pdf', page: { width: 210, height: 148.5 } })
    expect(answer).toEqual({ ok: true, base64: Buffer.from('%PDF-1').toString('base64') })
    expect(printToPDF.mock.calls[0]?.[0]).toMatchObject({
      pageSize: { width: 210 / 25.4, height: 148.5 / 25.4 },
    })
    expect(print).not.toHaveBeenCalled()
  })

  it.each([
    [{ to: 'disk', page: ROLL.page }],
    [{ to: 'printer', page: { width: 0, height: 10 } }],
    [{ to: 'printer', page: { width: 58, height: 1e9 } }],
    [{ ...ROLL, silent: false }],
    [null],
  ])('takes nothing else: %j', async (input) => {
    const { made, print } = source()
    expect(await printPage(made, input)).toEqual({ ok: false, reason: 'failed' })
    expect(print).not.toHaveBeenCalled()
  })

  it('names the printers', async () => {
    expect(await printersOf(source().made)).toEqual([{ name: 'Till', label: 'Till' }])
  })
})
