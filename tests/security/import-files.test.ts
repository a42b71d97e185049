import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readSheet } from '../../src/main/worker/read-sheet.ts'
import { rowsOfSheet } from '../fixtures/sheets.ts'

const read = (bytes: Uint8Array, maxRows = 100) =>
  readSheet({ base64: Buffer.from(bytes).toString('base64'), maxRows })

describe('a malicious import file', () => {
  it('that says it unpacks to gigabytes is refused before anything is unpacked', async () => {
    const honest = zipSync({ 'xl/workbook.xml': new Uint8Array(1000) })
    const bomb = Buffer.from(honest)
    // the size in the directory at the end of the file, which readers go by
    bomb.writeUInt32LE(0x7fff_ffff, bomb.indexOf('PK\u0001\u0002') + 24)
    expect(await read(bomb)).toEqual({ error: 'tooManyRows' })
    expect(await read(honest)).toEqual({ error: 'notASheet' })
  })

  it.each([
    ['random bytes', Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) & 0xff)],
    ['a ZIP file that is none', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, ...Array<number>(200).fill(0xff)])],
    ['a ZIP file without a sheet', zipSync({ 'a.txt': new TextEncoder().encode('x') })],
    [
      'a sheet that names a file of this machine (XXE)',
      zipSync({
        'xl/workbook.xml': new TextEncoder().encode(
          '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]><workbook>&e;</workbook>',
        ),
      }),
    ],
  ])('of %s is refused, and nothing else happens', async (_what, bytes) => {
    expect(await read(bytes)).toEqual({ error: 'notASheet' })
  })

  it('with a formula is text: it is neither computed nor given back as one', async () => {
    const csv = Buffer.from('"=HYPERLINK(""http://127.0.0.1/?""&A1)",1\n')
    expect(await rowsOfSheet(csv.toString('base64'))).toEqual([['=HYPERLINK("http://127.0.0.1/?"&A1)', '1']])
  })

  it('with too many rows is refused by their number', async () => {
    expect(await read(new TextEncoder().encode('a\n'.repeat(200)))).toEqual({ error: 'tooManyRows' })
  })
})
