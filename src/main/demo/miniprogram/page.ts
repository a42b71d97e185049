import type { Said } from './calls.ts'
import { markup, type Markup } from './markup.ts'
import type { AirLine } from './phone-radio.ts'
import { TAB_NAMES, type TabName } from './tab.ts'
import { WORDS, type Language, type Words } from './words.ts'

export interface PageParts {
  readonly words: Words
  readonly tab: TabName
  readonly screen: Markup
  readonly said: readonly Said[]
  readonly air: readonly AirLine[]
  readonly lanUrl: string | null
  /** what became of the last step */
  readonly notice: { readonly good: boolean; readonly text: string } | null
}

export function page(parts: PageParts): string {
  const { words: w, screen, said, air, notice } = parts
  const { text } = markup`<!doctype html>
    <html lang="${w.language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${w.title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <p class="banner" role="note">${w.simulated}</p>
        ${head(parts)}
        <main>
          <div class="phone">
            ${notice ? markup`<p class="notice ${notice.good ? 'good' : 'bad'}" role="status">${notice.text}</p>` : ''}
            ${screen}
          </div>
          <aside>
            ${
              air.length > 0
                ? markup`<h2>${w.radio}</h2>
                    <pre>${air.map(({ direction, text: line }) => markup`<div>${direction === 'sent' ? '→' : '←'} ${line}</div>`)}</pre>`
                : ''
            }
            <h2>${w.calls}</h2>
            ${said.length === 0 ? markup`<p class="quiet">${w.noCalls}</p>` : said.map((one) => call(w, one))}
          </aside>
        </main>
      </body>
    </html>`
  return text
}

function head({ words: w, tab, lanUrl }: PageParts): Markup {
  const other = w.language === 'en' ? WORDS['zh-CN'] : WORDS.en
  return markup`<header>
    <h1>${w.title}</h1>
    <nav>
      ${TAB_NAMES.map(
        (name) => markup`<a href="${pathOf(w, name)}" ${name === tab && HERE}>${tabWord(w, name)}</a>`,
      )}
    </nav>
    <a class="language" href="${pathOf(other, tab)}" lang="${other.language}">${NAMES[other.language]}</a>
    <span class="quiet">${w.service(lanUrl)}</span>
  </header>`
}

const HERE = markup`class="here" aria-current="page"`
const pathOf = ({ base }: Words, tab: TabName) => (tab === 'user' ? base : base + tab)

function tabWord({ user, manager, work }: Words, tab: TabName): string {
  const { worker, keeper } = work
  return { user, manager, worker, keeper }[tab]
}

const NAMES: Readonly<Record<Language, string>> = { 'zh-CN': '中文', en: 'English' }

const call = (w: Words, { name, url, request, signed, answer, code }: Said) => markup`
  <details>
    <summary><code>${name}</code> <b class="${code === 0 ? 'good' : 'bad'}">${code}</b></summary>
    <h3>POST ${url}</h3>
    <pre>${request}</pre>
    <h3>${w.signedText}</h3>
    <pre>${signed}</pre>
    <h3>${w.answer}</h3>
    <pre>${cut(answer)}</pre>
  </details>
`

/** A list of hundreds is not read here. */
const SHOWN_OF_ANSWER = 4000
const cut = (text: string) =>
  text.length <= SHOWN_OF_ANSWER ? text : `${text.slice(0, SHOWN_OF_ANSWER)} … (${text.length})`

export const STYLE = `
:root { color-scheme: light dark; --ink: #1c1f21; --quiet: #666d70; --paper: #fff; --ground: #f3f4f4; --line: #d5d9da;
  --accent: #0f766e; --on-accent: #fff; --good: #15803d; --bad: #b42318; --warn: #fff4d6; --warn-ink: #6b4a00 }
@media (prefers-color-scheme: dark) { :root { --ink: #e7e9e9; --quiet: #9aa2a4; --paper: #191c1d; --ground: #111314;
  --line: #34393b; --accent: #2dd4bf; --on-accent: #06211e; --good: #4ade80; --bad: #f97066; --warn: #3a2f12; --warn-ink: #f5d78e } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 14px/1.5 system-ui, "Microsoft YaHei", "PingFang SC", "Noto Sans SC", sans-serif }
.banner { margin: 0; padding: 6px 20px; background: var(--warn); color: var(--warn-ink); text-align: center }
header { display: flex; gap: 20px; align-items: baseline; padding: 12px 24px; flex-wrap: wrap }
h1 { font-size: 20px; margin: 0 } h2 { font-size: 15px; margin: 18px 0 8px } h3 { font-size: 13px; margin: 12px 0 6px }
nav { display: flex; gap: 4px } nav a { color: inherit; text-decoration: none; padding: 4px 12px; border: 1px solid var(--line); border-radius: 6px }
header .language { color: var(--accent) }
nav a.here { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
main { display: grid; grid-template-columns: minmax(360px, 480px) minmax(0, 1fr); gap: 24px; padding: 0 24px 32px; align-items: start }
@media (max-width: 900px) { main { grid-template-columns: minmax(0, 1fr) } }
.phone { background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 16px 20px }
aside { min-width: 0 } aside > h2:first-child { margin-top: 0 } .phone > h2:first-child { margin-top: 0 } aside > pre { background: var(--paper) }
section { border: 1px solid var(--line); border-radius: 6px; padding: 0 14px 12px; margin: 12px 0 }
section.due { border-color: var(--accent) }
.who { display: flex; gap: 12px; align-items: center; flex-wrap: wrap }
.row { display: flex; gap: 8px; flex-wrap: wrap; align-items: end }
form { margin: 0; display: flex; gap: 8px; flex-wrap: wrap; align-items: end } form h3 { width: 100%; margin-bottom: 0 }
td form { align-items: center } .row + form, form + form, .phone > .row + form { margin-top: 10px } .row > form, .who form { margin: 0 }
label { display: grid; gap: 2px; color: var(--quiet); font-size: 12px }
input, select, button { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; padding: 5px 10px }
input, select { color: var(--ink); font-size: 14px } input { width: 150px } input[type=number] { width: 76px } td input[type=number] { width: 72px }
button { cursor: pointer } button.main { background: var(--accent); border-color: var(--accent); color: var(--on-accent) }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
.ports { display: grid; grid-template-columns: repeat(4, 1fr); gap: 8px; margin: 8px 0 }
.ports span { border: 1px solid var(--line); border-radius: 6px; padding: 6px; display: grid; text-align: center; font-variant-numeric: tabular-nums }
.ports .busy { border-color: var(--accent) } .ports .broken { color: var(--bad) } .ports .free { color: var(--quiet) }
table { border-collapse: collapse; width: 100%; margin-top: 8px } td { padding: 4px 6px 4px 0; border-top: 1px solid var(--line); vertical-align: middle }
small, .quiet { color: var(--quiet); font-size: 12px } .good { color: var(--good) } .bad { color: var(--bad) }
.notice { margin: 0 0 8px; padding: 8px 12px; border: 1px solid currentColor; border-radius: 6px }
details { border: 1px solid var(--line); border-radius: 6px; padding: 6px 12px; margin-bottom: 6px; background: var(--paper) } summary { cursor: pointer }
.phone details { border: 0; padding: 0; margin: 0 } .phone summary { color: var(--accent); padding: 2px 0 } .phone details form { margin: 6px 0 8px }
td form:has(label) { align-items: end } .phone > form:last-child { margin-top: 16px } .decide, .phone .decide > form { flex-wrap: nowrap } .decide > form:last-child { flex: 1 } .phone .decide input { min-width: 0; flex: 1 } button, .times { white-space: nowrap }
.stack, .stack tbody { display: block } .stack tr { display: flex; flex-wrap: wrap; gap: 4px 8px; border-top: 1px solid var(--line); padding: 6px 0 } .stack td { border: 0; padding: 0; width: 100% } .warn { color: var(--warn-ink) } .tick { display: flex; align-items: center } .tick input { width: auto; min-height: 0 }
pre { margin: 0; padding: 8px; background: var(--ground); border: 1px solid var(--line); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px }
code { overflow-wrap: anywhere } td code { white-space: nowrap }
@media (max-width: 520px) { header { padding: 10px 12px; gap: 8px 12px } main { padding: 0 12px 24px } .phone { padding: 12px 14px }
  header .quiet { width: 100% } .phone > form, .phone .row > form { width: 100% } form label { flex: 1 1 110px } input, select { width: 100% }
  button, input, select, nav a { min-height: 40px } nav a { display: flex; align-items: center } .phone .row > form > button:only-of-type:not(.main) { text-align: left }
  .phone .row > form > button:first-of-type:last-child:not(.main) { flex: 1 } table, tbody { display: block } table { margin-top: 12px }
  tr { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; border-top: 1px solid var(--line); padding: 8px 0 } td { border: 0; padding: 0 } td:first-child { width: 100% }
  .phone summary { padding: 8px 0 } .phone .decide > form:first-child { width: auto }
  .phone .row.decide > form > button:only-of-type:not(.main) { flex: none } }
`
