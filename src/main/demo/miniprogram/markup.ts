/** HTML that stands as it is; everything else that goes into `markup` is escaped. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Part = Markup | readonly Markup[] | string | number | false | null | undefined

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign)

function rendered(part: Part): string {
  if (part === false || part === null || part === undefined) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'object') return part.map(({ text }) => text).join('')
  return escaped(String(part))
}

export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(
    strings.reduce((text, piece, i) => text + piece + (i < parts.length ? rendered(parts[i]) : ''), ''),
  )
}

/** A form that does one thing: `action` is its path beside the page's own, `hidden` what goes with it. */
export const form = (action: string, inside: Markup, hidden: Readonly<Record<string, string>> = {}) => markup`
  <form method="post" action="${action}">
    ${Object.entries(hidden).map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}" />`)}
    ${inside}
  </form>
`

export const button = (label: string, kind: 'main' | 'plain' = 'main') =>
  markup`<button class="${kind}" type="submit">${label}</button>`

export const act = (action: string, label: string, hidden: Readonly<Record<string, string>> = {}) =>
  form(action, button(label, 'plain'), hidden)
