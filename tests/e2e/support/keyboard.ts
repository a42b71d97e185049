import type { Page } from 'playwright-core'

export interface KeyboardFaults {
  /** a mouse can use it, Tab never came there nor to the widget it is part of */
  readonly unreached: readonly string[]
  /** had the focus and did not show it */
  readonly unseen: readonly string[]
  /** Tab does not lead out of the page again */
  readonly trapped: boolean
}

interface Walk {
  /** lists live on while somebody walks: what came later is not asked for */
  readonly present: Set<Element>
  readonly reached: Set<Element>
  readonly unseen: Set<string>
  left: boolean
  stop(): void
}

/** Presses before the page is asked; what goes beyond its end falls on the status bar. */
const AT_ONCE = 8
const MOST_PRESSES = 600

/** Walks through the page by Tab alone, as somebody without a mouse does. */
export async function keyboardFaults(page: Page): Promise<KeyboardFaults> {
  const faults = await walkThrough(page)
  // a page that takes the focus once its rows are there was begun in the middle
  return faults.unreached.length === 0 && !faults.trapped ? faults : walkThrough(page)
}

async function walkThrough(page: Page): Promise<KeyboardFaults> {
  await page.evaluate(beginWalk)
  let presses = 0
  let left = false
  while (!left && presses < MOST_PRESSES) {
    for (let n = 0; n < AT_ONCE; n += 1) await page.keyboard.press('Tab')
    presses += AT_ONCE
    left = await page.evaluate(() => (globalThis as unknown as { walk: Walk }).walk.left)
  }
  return { ...(await page.evaluate(endWalk)), trapped: !left }
}

/** Runs in the page. */
function beginWalk(): void {
  const main = document.querySelector<HTMLElement>('#content')
  if (!main) throw new Error('no content')
  const walk: Walk = {
    present: new Set(main.querySelectorAll('*')),
    reached: new Set(),
    unseen: new Set(),
    left: false,
    stop: () => undefined,
  }
  const shows = (element: Element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element)
    return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none'
  }
  // once the key is up the page has drawn what it says of the focus
  const onKeyUp = () => {
    const target = document.activeElement
    if (!target || walk.left) return
    if (!main.contains(target)) {
      walk.left = true
      return
    }
    if (target === main || walk.reached.has(target)) return
    walk.reached.add(target)
    const around: Element[] = []
    for (let at: Element | null = target; at && at !== main && around.length < 5; at = at.parentElement)
      around.push(at)
    // a hidden input shows its focus on what is drawn in its place
    around.push(...(target.parentElement?.children ?? []))
    if (!around.some(shows)) walk.unseen.add(target.outerHTML.slice(0, 160))
  }
  document.addEventListener('keyup', onKeyUp, true)
  walk.stop = () => document.removeEventListener('keyup', onKeyUp, true)
  Object.assign(globalThis, { walk })
  main.focus()
}

/** Runs in the page. */
function endWalk(): { unreached: string[]; unseen: string[] } {
  const { walk } = globalThis as unknown as { walk: Walk }
  walk.stop()
  const main = document.querySelector('#content')
  const MOUSE =
    'a[href],button:enabled,input:enabled,select:enabled,textarea:enabled,summary,[role=button],[role=link],[role=checkbox],[role=switch],[role=radio],[role=tab],[role=option],[role=treeitem]'
  /** one stop of Tab; arrows go on inside */
  const WIDGET =
    '[role=grid],[role=tree],[role=tablist],[role=radiogroup],[role=listbox],[role=toolbar],.ant-segmented,.ant-select,.ant-picker,.ant-input-number,.ant-input-affix-wrapper,label'
  const clicks = (element: Element) => {
    const key = Object.keys(element).find((name) => name.startsWith('__reactProps$'))
    const props = key && (element as unknown as Record<string, { onClick?: unknown }>)[key]
    return typeof props === 'object' && typeof props.onClick === 'function'
  }
  const reached = [...walk.reached]
  const touched = (element: Element) =>
    reached.some((one) => element === one || element.contains(one) || one.contains(element))
  /** in the widget it is part of, or in one around that: a radio has a label of its own within its group */
  const inTouched = (element: Element): boolean => {
    const widget = element.closest(WIDGET)
    return (
      widget !== null &&
      (touched(widget) || (widget.parentElement !== null && inTouched(widget.parentElement)))
    )
  }
  /** one of many alike, of which Tab reaches one and arrows the others */
  const roves = (element: Element) =>
    element.matches('[tabindex="-1"]') && reached.some((one) => one.className === element.className)
  const usable = [...(main?.querySelectorAll('*') ?? [])].filter(
    (element) =>
      walk.present.has(element) &&
      (element.matches(MOUSE) || clicks(element)) &&
      element.checkVisibility({ visibilityProperty: true }) &&
      element.getBoundingClientRect().width > 0 &&
      !element.closest('[aria-disabled=true],[inert],[aria-hidden=true],:disabled'),
  )
  const unreached = usable.filter((element) => !touched(element) && !inTouched(element) && !roves(element))
  return {
    unreached: unreached.slice(0, 5).map((element) => element.outerHTML.slice(0, 200)),
    unseen: [...walk.unseen].slice(0, 5),
  }
}
