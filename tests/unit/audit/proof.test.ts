import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { proveChain } from '../../../scripts/verify-audit.ts'
import { openSetUpDesk, screen, type Desk } from '../../fixtures/desk.ts'

const at = screen('desk')
const ROWS = 12
const decoded = (base64: string) => Buffer.from(base64, 'base64').toString('utf8')
const linesOf = (text: string) => text.split('\n').slice(0, -1)

let desk: Desk
/** head, rows, tail */
let chain: string[]

beforeAll(async () => {
  desk = await openSetUpDesk({ options: { machine: 'DESK' } })
  for (let i = 2; i <= ROWS; i++) {
    await desk.test.clock.advance(60_000)
    await desk.call(at, 'operators.create', { name: `人 ${i}`, pin: '2468', roles: ['viewer'] })
  }
  chain = linesOf(decoded((await desk.call(at, 'audit.chain', { last: ROWS })).base64))
})
afterAll(() => desk.close())

const fault = async (lines: readonly string[], head?: string) => (await proveChain([lines], head)).fault

describe('an exported chain', () => {
  it('is proven by the script alone, from its first row to its last', async () => {
    const proof = await proveChain([chain])
    expect(proof).toMatchObject({ ok: true, rows: ROWS, first: 1, last: ROWS, fault: null })
    const { rows } = await desk.call(at, 'audit.list', { limit: 1000 })
    expect(proof.lastHash).toBe(rows.find(({ id }) => id === String(ROWS))?.hash)
  })

  it('is proven in parts: each file goes on where the one before ends', async () => {
    const part = async (first: number, last: number) =>
      linesOf(decoded((await desk.call(at, 'audit.chain', { first, last })).base64))
    const [a, b, c] = [await part(1, 4), await part(5, 9), await part(10, 12)]
    expect(await proveChain([a, b, c])).toMatchObject({ ok: true, rows: ROWS, first: 1, last: ROWS })
    expect(await proveChain([b])).toMatchObject({ ok: true, rows: 5, first: 5, last: 9 })
    expect((await proveChain([a, c])).fault).toContain('row 10')
    expect((await proveChain([b, a])).fault).toContain('row 1')
  })

  it('names the first row that does not fit, and how', async () => {
    expect(await fault(chain.toSpliced(5, 1))).toBe('row 5 is missing: row 6 stands in its place')
    expect(await fault(chain.toSpliced(5, 1, (chain[5] ?? '').replace('人', '口')))).toBe(
      'row 5 was changed, or does not follow the row before it',
    )
    expect(await fault(chain.toSpliced(5, 2, chain[6] ?? '', chain[5] ?? ''))).toBe(
      'row 5 is missing: row 6 stands in its place',
    )
    expect(await fault(chain.toSpliced(1, 1))).toContain('row 1 is missing')
    expect(await fault(chain.toSpliced(ROWS, 1))).toContain(`row ${ROWS} is missing`)
    expect(await fault(chain.slice(0, -1))).toContain('the last line is missing')
  })

  it('does not pass with any single row changed, taken out, doubled or moved', async () => {
    const row = fc.integer({ min: 1, max: ROWS })
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.record({ how: fc.constant('out' as const), row }),
          fc.record({ how: fc.constant('twice' as const), row, to: row }),
          fc.record({ how: fc.constant('moved' as const), row, to: row }),
          fc.record({ how: fc.constant('field' as const), row, field: fc.nat(10), value: fc.jsonValue() }),
          fc.record({
            how: fc.constant('letter' as const),
            row,
            at: fc.nat(),
            letter: fc.string({ minLength: 1, maxLength: 1 }),
          }),
        ),
        async (change) => {
          const changed = spoil(chain, change)
          fc.pre(changed.join('\n') !== chain.join('\n'))
          expect((await proveChain([changed])).ok).toBe(false)
        },
      ),
      { numRuns: 600 },
    )
  })

  it('does not pass with an anchor changed', async () => {
    for (const line of [0, chain.length - 1]) {
      const anchors = JSON.parse(chain[line] ?? '') as Record<string, unknown>
      for (const key of [
        'count',
        'last',
        'lastHash',
        line === 0 ? 'previousHash' : 'end',
        line === 0 ? 'first' : 'end',
      ]) {
        const other = typeof anchors[key] === 'number' ? anchors[key] + 1 : '0'.repeat(63) + '1'
        const spoilt = chain.with(line, JSON.stringify({ ...anchors, [key]: other }))
        expect([line, key, (await proveChain([spoilt])).ok]).toEqual([line, key, false])
      }
    }
  })

  it('cut off at the end with new anchors passes alone, and not against a hash kept elsewhere', async () => {
    const kept = (JSON.parse(chain[ROWS] ?? '') as { hash: string }).hash
    const shorter = ROWS - 2
    const { hash: lastHash } = JSON.parse(chain[shorter] ?? '') as { hash: string }
    const anchors = { count: shorter, last: shorter, lastHash }
    const cut = [
      JSON.stringify({ ...(JSON.parse(chain[0] ?? '') as object), ...anchors }),
      ...chain.slice(1, shorter + 1),
      JSON.stringify({ ...(JSON.parse(chain.at(-1) ?? '') as object), ...anchors }),
    ]
    expect(await fault(cut)).toBeNull()
    expect(await fault(cut, kept)).toContain('no row has the hash')
    expect(await fault(chain, kept)).toBeNull()
    expect(await fault(chain, lastHash)).toBeNull()
  })
})

type Change =
  | { readonly how: 'out'; readonly row: number }
  | { readonly how: 'twice' | 'moved'; readonly row: number; readonly to: number }
  | { readonly how: 'field'; readonly row: number; readonly field: number; readonly value: unknown }
  | { readonly how: 'letter'; readonly row: number; readonly at: number; readonly letter: string }

function spoil(lines: readonly string[], change: Change): string[] {
  const line = lines[change.row] ?? ''
  if (change.how === 'out') return lines.toSpliced(change.row, 1)
  if (change.how === 'letter') {
    const at = change.at % line.length
    return lines.with(change.row, line.slice(0, at) + change.letter + line.slice(at + 1))
  }
  if (change.how === 'field') {
    const row = JSON.parse(line) as Record<string, unknown>
    const key = Object.keys(row)[change.field] ?? 'id'
    return lines.with(change.row, JSON.stringify({ ...row, [key]: change.value }))
  }
  const without = change.how === 'moved' ? lines.toSpliced(change.row, 1) : lines
  return without.toSpliced(change.to, 0, line)
}

describe('npm run verify-audit', () => {
  const run = (...given: string[]) => {
    const script = join(import.meta.dirname, '../../../scripts/verify-audit.ts')
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...given], { encoding: 'utf8' })
    return { status, stdout, stderr }
  }

  it('ends with 0, 1 or 2 and one line', () => {
    const whole = join(desk.test.directory, 'chain.jsonl')
    const broken = join(desk.test.directory, 'broken.jsonl')
    writeFileSync(whole, `${chain.join('\n')}\n`)
    writeFileSync(broken, `${chain.toSpliced(3, 1).join('\n')}\n`)
    expect(run(whole)).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^whole: rows 1–12 \(12\), last hash [0-9a-f]{64}\n$/),
    })
    expect(run(broken)).toMatchObject({
      status: 1,
      stdout: 'broken: row 3 is missing: row 4 stands in its place (2 rows before it fit)\n',
    })
    expect(run(whole, '--head', '1'.repeat(64))).toMatchObject({ status: 1 })
    expect(run(join(desk.test.directory, 'absent.jsonl')).status).toBe(2)
    expect(run().status).toBe(2)
  })
})
