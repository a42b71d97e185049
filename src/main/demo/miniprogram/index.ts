import { Refused } from './calls.ts'
import { managerTab, userTab, type ChargingParts } from './charging-tabs.ts'
import { page, STYLE, type PageParts } from './page.ts'
import { servePages, type Page, type PageServer } from './server.ts'
import { TAB_NAMES, type Tab, type TabName } from './tab.ts'
import { because, Trouble } from './trouble.ts'
import { keeperTab, workerTab, type WorkParts } from './work/tabs.ts'
import { WORDS, type Words } from './words.ts'

export type MiniProgramParts = ChargingParts & WorkParts

/** The page that plays the mini-programs against the LAN service of this demo, with a phone's Bluetooth. */
export function startMiniProgram(parts: MiniProgramParts): Promise<PageServer> {
  const tabs = createTabs(parts)
  let notice: PageParts['notice'] = null
  /** one step after the other, as on one phone */
  let turn: Promise<unknown> = Promise.resolve()
  const run = async (words: Words, path: string, fields: URLSearchParams): Promise<Page> => {
    const [name = '', step = ''] = path.split('/', 2)
    const tab = tabNamed(name)
    const action = tab && tabs[tab].actions[step]
    if (!action) return MISSING
    notice = await outcomeOf(words, () => action(fields))
    return { status: 303, type: 'text/plain', text: '', location: words.base + (tab === 'user' ? '' : tab) }
  }
  const show = async (words: Words, name: TabName): Promise<Page> => {
    const tab = tabs[name]
    const outcome = await outcomeOf(words, () => tab.refresh())
    const text = page({
      words,
      tab: name,
      screen: tab.screen(words),
      said: tab.calls.said,
      air: tab.air(),
      lanUrl: parts.lanUrl(),
      // what was pressed says more than what could not be read after it
      notice: notice ?? (outcome?.good === false ? outcome : null),
    })
    notice = null
    return { status: 200, type: 'text/html', text }
  }
  return servePages((method, url, fields) => {
    const next = turn.then((): Promise<Page> | Page => {
      const { words, path } = placeOf(url)
      if (method === 'POST') return run(words, path, fields)
      if (url === '/style.css') return { status: 200, type: 'text/css', text: STYLE }
      const tab = path === '' ? 'user' : tabNamed(path)
      return tab ? show(words, tab) : MISSING
    })
    turn = next.catch(() => undefined)
    return next
  })
}

const MISSING: Page = { status: 404, type: 'text/plain', text: '' }

const tabNamed = (name: string): TabName | undefined => TAB_NAMES.find((one) => one === name)

const createTabs = (parts: MiniProgramParts): Readonly<Record<TabName, Tab>> => ({
  user: userTab(parts),
  manager: managerTab(parts),
  worker: workerTab(parts),
  keeper: keeperTab(parts),
})

/** The English pages stand below `/en/`, so that a language needs neither cookie nor script. */
function placeOf(url: string): { words: Words; path: string } {
  const { en } = WORDS
  if (url.startsWith(en.base)) return { words: en, path: url.slice(en.base.length) }
  return { words: WORDS['zh-CN'], path: url.slice(1) }
}

async function outcomeOf(words: Words, work: () => Promise<void> | void): Promise<PageParts['notice']> {
  try {
    await work()
    return { good: true, text: words.done }
  } catch (error) {
    if (error instanceof Refused) return { good: false, text: words.refused(error.code, error.message) }
    if (error instanceof Trouble) return { good: false, text: words.trouble[error.code](error.detail) }
    return { good: false, text: words.failed(because(error)) }
  }
}
