import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ERROR_STATUS } from '#shared/errors.ts'

it('the refusals of the automation API are all told, each with its status', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/automation.md'), 'utf8')
  const told = [...text.matchAll(/^ {2}- (\d{3}): ((?:.|\n {4})+)/gm)].flatMap(([, status, codes = '']) =>
    [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => [code, Number(status)]),
  )
  expect(Object.fromEntries(told)).toEqual(ERROR_STATUS)
})
