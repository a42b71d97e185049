import type { Page } from 'playwright-core'
import { OFTEN, settled, type Language, type Theme } from './page.ts'

/** Colours are read at once after a change of theme, not half way. */
export async function withoutTransitions(page: Page): Promise<void> {
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync('* { transition: none !important }')
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  })
}

/** The console follows the system's theme as long as nobody chose another. */
export async function changeTheme(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
  await page.waitForFunction((now) => document.documentElement.dataset['theme'] === now, theme, OFTEN)
}

/** By the menu in the frame, without loading the page anew. */
export async function changeLanguage(page: Page, language: Language): Promise<void> {
  await page.evaluate(chooseInMenu, language)
  await page.waitForFunction((now) => document.documentElement.lang === now, language, OFTEN)
  await settled(page)
}

/** Runs in the page: clicks cost Playwright hundreds of milliseconds where nothing moves. */
async function chooseInMenu(language: string): Promise<void> {
  const item = () =>
    [...document.querySelectorAll<HTMLElement>('.ant-dropdown [role=menuitem]')].find(
      (one) => one.dataset['menuId']?.endsWith(`-${language}`) && one.checkVisibility(),
    )
  document.querySelector<HTMLElement>('.sd-top button:has(.anticon-global)')?.click()
  for (let tries = 0; tries < 600; tries += 1) {
    const found = item()
    if (found) return found.click()
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`the menu offers no ${language}`)
}
