import { describe, expect, it } from 'vitest'
import { antdTheme, applyTheme, PALETTES, type Mode, type Palette } from '../../../src/renderer/app/theme.ts'

/** WCAG 2.2 relative luminance and contrast. */
function luminance(hex: string): number {
  const channel = (from: number) => {
    const c = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

const MODES: readonly Mode[] = ['light', 'dark']
const GROUNDS = ['page', 'surface', 'raised', 'subtle'] as const
const WORDS = ['text', 'textSecondary', 'accent', 'good', 'attention', 'bad'] as const
const TINTED: readonly (readonly [keyof Palette, keyof Palette])[] = [
  ['onAccent', 'accent'],
  ['accent', 'accentSubtle'],
  ['good', 'goodSubtle'],
  ['attention', 'attentionSubtle'],
  ['bad', 'badSubtle'],
  ['text', 'accentSubtle'],
  ['text', 'attentionSubtle'],
  ['text', 'badSubtle'],
  ['textSecondary', 'badSubtle'],
  ['textSecondary', 'attentionSubtle'],
]

describe.each(MODES)('the %s theme', (mode) => {
  const p = PALETTES[mode]

  it.each(WORDS.flatMap((word) => GROUNDS.map((ground) => [word, ground] as const)))(
    'can be read: %s on %s is at least 4.5 : 1',
    (word, ground) => {
      expect(contrast(p[word], p[ground])).toBeGreaterThanOrEqual(4.5)
    },
  )

  it.each(TINTED)('can be read: %s on %s is at least 4.5 : 1', (word, ground) => {
    expect(contrast(p[word], p[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it('shows where one can type: edges at least 3 : 1', () => {
    expect(contrast(p.edge, p.surface)).toBeGreaterThanOrEqual(3)
  })

  it('gives antd and our own CSS the same accent', () => {
    const element = document.createElement('div')
    applyTheme(mode, element)
    expect(element.style.getPropertyValue('--accent')).toBe(p.accent)
    expect(element.style.getPropertyValue('--text-secondary')).toBe(p.textSecondary)
    expect(antdTheme(mode).token?.colorPrimary).toBe(p.accent)
  })
})

it('has the accents of the house style', () => {
  expect(PALETTES.light.accent).toBe('#0F766E')
  expect(PALETTES.dark.accent).toBe('#2DD4BF')
})
