import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { endpointPages } from '#main/lan/reference/markdown.ts'
import { openApi } from '#main/lan/reference/openapi.ts'

/** Writes what the descriptions of the endpoints say into docs/; a test checks that it was done. */
const docs = join(import.meta.dirname, '../docs')
const guide = join(docs, 'mini-program.md')

const BEGIN = '<!-- endpoints: written by scripts/mini-program-docs.ts -->'
const END = '<!-- end of the endpoints -->'

const text = readFileSync(guide, 'utf8')
const [before, rest] = text.split(BEGIN)
const after = rest?.split(END)[1]
if (before === undefined || after === undefined) throw new Error(`${guide} has no place for the endpoints`)
writeFileSync(guide, `${before}${BEGIN}\n\n${endpointPages()}\n\n${END}${after}`)
writeFileSync(join(docs, 'mini-program.openapi.json'), `${JSON.stringify(openApi(), null, 2)}\n`)
