import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { HelpDrawer } from '../../../src/renderer/app/help/HelpDrawer.tsx'
import { helpEn } from '../../../src/renderer/app/help/help-en.ts'
import { helpZh } from '../../../src/renderer/app/help/help-zh.ts'
import { screenAt, type ScreenHelp } from '../../../src/renderer/app/help/help.ts'
import { SCREENS } from '../../../src/renderer/app/screen.ts'
import { renderPart } from '../render.tsx'

/** Paper stands alone, without the frame that shows help. */
const PATHS = SCREENS.filter(({ bare }) => !bare).map(({ path }) => path)
const LANGUAGES = [
  ['zh-CN', helpZh],
  ['en', helpEn],
] as const

const wholeText = ({ what, steps, words, wrong }: ScreenHelp) =>
  [what, ...steps.flat(), ...words.flat(), wrong].join(' ')
const words = (text: string) => text.split(/\s+/).length
const characters = (text: string) => text.match(/[\u4e00-\u9fff]/g)?.length ?? 0

describe.each(LANGUAGES)('help in %s', (language, texts) => {
  it('stands for every screen: add what is listed here to src/renderer/app/help/<language>/<area>.ts', () => {
    expect(PATHS.filter((path) => !(path in texts))).toEqual([])
  })

  it('has no text whose screen is gone', () => {
    expect(Object.keys(texts).filter((path) => !PATHS.includes(path))).toEqual([])
  })

  it('says what it is for, two or three things to do, what words mean, and what to do when it goes wrong', () => {
    const wrong = Object.entries(texts).filter(([, one]) => {
      const long = language === 'en' ? words(wholeText(one)) : characters(wholeText(one))
      const few = one.steps.length < 2 || one.steps.length > 4 || one.words.length === 0
      return few || long < 60 || long > (language === 'en' ? 180 : 320)
    })
    expect(wrong.map(([path, one]) => [path, wholeText(one).length])).toEqual([])
  })
})

it('speaks one language at a time', () => {
  expect(Object.entries(helpEn).filter(([, one]) => /[\u4e00-\u9fff]/.test(wholeText(one)))).toEqual([])
})

describe('the screen at an address', () => {
  it.each([
    ['/', ''],
    ['/chargers/runs', 'chargers/runs'],
    ['/chargers/BUC_1A2B3C4D5E6F', 'chargers/:name'],
    ['/chargers/runs/new', 'chargers/runs/new'],
    ['/meters/imr%3A7', 'meters/:meterId'],
  ])('%s is %s', (address, path) => {
    expect(screenAt(address)?.path).toBe(path)
  })

  it('is none for a wrong address', () => {
    expect(screenAt('/no/such/page')).toBeNull()
  })
})

it('shows the help of the page, and leads to its keys', async () => {
  let keys = 0
  const view = renderPart(<HelpDrawer onClose={() => undefined} onKeys={() => (keys += 1)} />, {
    url: '/rooms/low',
  })
  await view.findByText(helpZh['rooms/low']?.what ?? 'missing')
  expect(view.getByText('帮助：低余额')).toBeTruthy()
  await userEvent.click(view.getByRole('button', { name: /F1/ }))
  expect(keys).toBe(1)
})
