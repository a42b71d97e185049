import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { Violation } from './page.ts'

const fromBuilder = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'))
const SOURCE = readFileSync(fromBuilder.resolve('axe-core/axe.min.js'), 'utf8')

/** WCAG 2 A and AA, or the one rule that the theme decides. */
export type Rules = 'all' | 'contrast'

interface Axe {
  run(
    context: unknown,
    options: object,
  ): Promise<{
    violations: {
      id: string
      impact: string | null
      nodes: { html: string; failureSummary?: string }[]
    }[]
  }>
}

/** axe stays in the page: routes behind the hash load nothing anew. */
export async function placeAxe(page: Page): Promise<void> {
  await page.evaluate(SOURCE)
}

/** What axe finds serious or critical; `within` a part of the page only. */
export async function readByAxe(page: Page, rules: Rules, within?: string): Promise<Violation[]> {
  const found = await page.evaluate(
    async ([which, part]) => {
      const { axe } = globalThis as unknown as { axe: Axe }
      const runOnly =
        which === 'contrast'
          ? { type: 'rule', values: ['color-contrast'] }
          : { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }
      const { violations } = await axe.run(part ? { include: [[part]] } : document, {
        runOnly,
        resultTypes: ['violations'],
      })
      return violations.map(({ id, impact, nodes }) => ({
        id,
        impact,
        nodes: nodes.slice(0, 5).map((n) => `${n.html.slice(0, 160)} — ${n.failureSummary ?? ''}`),
      }))
    },
    [rules, within ?? ''] as const,
  )
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({ rule: id, impact: impact ?? '', nodes }))
}
