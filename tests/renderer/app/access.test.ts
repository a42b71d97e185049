import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contract, isOperationName, type Operation } from '#shared/contract/index.ts'
import { ACCESS } from '../../../src/renderer/app/access.ts'

const operations: Readonly<Record<string, Operation>> = contract
const root = join(import.meta.dirname, '../../../src/renderer')
const sources = readdirSync(join(root, 'features'), { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(root, 'features', name), 'utf8') }))

/** Operations by name that a screen does something with; not those that anybody may. */
const done = new Set(
  sources
    .flatMap(({ text }) => [...text.matchAll(/(?:useWrite|\.call)\(\s*'([a-zA-Z]+\.[a-zA-Z]+)'/g)])
    .map(([, name = '']) => name)
    .filter((name) => isOperationName(name) && typeof operations[name]?.access !== 'string'),
)

/** Their names beside the shared part that says why not. */
const asked = new Set(
  sources
    .filter(({ text }) => text.includes('app/why-not.tsx') || text.includes('app/access.ts'))
    .flatMap(({ text }) => [...text.matchAll(/['"]([a-zA-Z]+\.[a-zA-Z]+)['"]/g)])
    .map(([, name = '']) => name)
    .filter(isOperationName),
)

describe('what screens say of who may', () => {
  it('is what the contract says', () => {
    const roles = Object.entries(ACCESS).map(([name, staff]) => [name, [...staff].toSorted()])
    const said = Object.keys(ACCESS).map((name) => {
      const { access } = operations[name] ?? { access: 'public' }
      return [
        name,
        typeof access === 'string' ? access : access.filter((role) => role !== 'admin').toSorted(),
      ]
    })
    expect(roles).toEqual(said)
  })

  it('is said beforehand of every operation that a screen offers to some only', () => {
    const elsewhere = [
      // part of a dialog that opens only for who may
      'backups.preview backups.tryPlace devices.importTemplate meters.importTemplate water.linkTemplate',
      'meters.commandMany provisioning.expected',
      // of a page or a row that was asked about
      'camera.undo chargers.exchanges receipts.get',
    ].flatMap((line) => line.split(' '))
    const unasked = [...done].filter((name) => !asked.has(name as never))
    expect(unasked.toSorted()).toEqual(elsewhere.toSorted())
  })
})
