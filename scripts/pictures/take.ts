import { createHash } from 'node:crypto'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { DEMO_CREDENTIALS } from '../../src/main/demo/charging/credentials.ts'
import { startConsole, type ConsoleHost } from '../../tests/e2e/support/console.ts'
import { deskScene } from '../../tests/e2e/support/desk-scene.ts'
import { openScreen, settled, type Language } from '../../tests/e2e/support/page.ts'
import { deskPictures } from './desk.ts'
import type { Picture, Scene } from './picture.ts'
import { difference, palettePng, readPng } from './png.ts'
import { screenPictures } from './screens.ts'

/** A Friday morning: whenever they are taken, the pictures show the same day. */
const MOMENT = Date.UTC(2026, 10, 20, 2, 10)
/** What a clock's seconds, a port's number and the last digits of an order change is no reason for another picture. */
const SAME_PIXELS = 900
/** Some screens name it. */
const FOLDER = join(tmpdir(), 'sitedesk-pictures')
const SYNC_MS = 300_000
const FIRST_RUN = 'first-run'

export const NAMES: readonly string[] = [
  ...[...deskPictures, ...screenPictures].map(({ name }) => name),
  FIRST_RUN,
]

export interface Wanted {
  readonly name: string
  readonly language: Language
  readonly path: string
}

/** Takes the pictures that are wanted; says of each whether it is another one than before. */
export async function take(wanted: readonly Wanted[], tell: Run['tell']): Promise<void> {
  const clockShift = MOMENT - Date.now()
  const shots = wanted.filter(({ name }) => name !== FIRST_RUN)
  const first = wanted.filter(({ name }) => name === FIRST_RUN)
  if (first.length > 0) await takeFirstRun(first, { clockShift, tell })
  if (shots.length === 0) return
  rmSync(FOLDER, { recursive: true, force: true })
  const host = await startConsole({ demo: true, clockShift, dataDir: FOLDER })
  try {
    await host.signIn('demo', '135790')
    const scene = { host, desk: await deskScene(host) }
    await scene.desk.openShift()
    // the desk first: meanwhile a year of readings is fetched
    for (const pictures of [deskPictures, screenPictures]) {
      if (pictures === screenPictures) await filled(host)
      for (const language of ['zh-CN', 'en'] as const)
        await takeSome(
          scene,
          pictures,
          shots.filter((one) => one.language === language),
          { clockShift, tell },
        )
    }
  } finally {
    await host.stop()
    rmSync(FOLDER, { recursive: true, force: true })
  }
}

/** Everything synced, a service that was called, a sheet that was imported. */
async function filled(host: ConsoleHost): Promise<void> {
  await until(async () => {
    const { rows } = await host.api('jobs.list', { kind: 'sync.imr', state: ['done'], limit: 1 })
    return rows.length > 0
  })
  await host.api('backups.run', {})
  await callService(host)
  const kind = 'attributes'
  const sheet = await host.api('meters.importTemplate', { kind, format: 'csv', sample: true })
  await host.api('meters.import', { kind, fileName: '表计资料.csv', base64: sheet.base64, dryRun: false })
  await until(async () => (await host.api('meters.imports', { limit: 1 })).total > 0)
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + SYNC_MS; Date.now() < end;) {
    if (await holds()) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the demo site was not ready in time')
}

/** The guides together show each screen in both languages and both themes. */
const THEMES = { 'zh-CN': 'light', en: 'dark' } as const

interface Run {
  readonly clockShift: number
  readonly tell: (line: string) => void
}

async function takeSome(
  scene: Scene,
  pictures: readonly Picture[],
  wanted: readonly Wanted[],
  { clockShift, tell }: Run,
): Promise<void> {
  for (const { name, route, before, after } of pictures) {
    const target = wanted.find((one) => one.name === name)
    if (!target) continue
    const screen = await openScreen(scene.host, {
      language: target.language,
      theme: THEMES[target.language],
      clockShift,
    })
    await screen.goto(typeof route === 'string' ? route : await route(scene))
    await before?.(screen.page, scene)
    await shoot(screen.page, target, tell)
    await after?.(screen.page, scene)
    for (const problem of screen.problems()) tell(`${name}: ${problem}`)
    await screen.close()
  }
}

/** Before anyone signed in: its own host, without the demo. */
async function takeFirstRun(wanted: readonly Wanted[], { clockShift, tell }: Run): Promise<void> {
  const empty = await startConsole({ clockShift })
  try {
    for (const target of wanted) {
      const screen = await openScreen(empty, {
        language: target.language,
        theme: THEMES[target.language],
        clockShift,
      })
      await screen.page.locator('.sd-door h1').waitFor()
      await shoot(screen.page, target, tell)
      await screen.close()
    }
  } finally {
    await empty.stop()
  }
}

async function shoot(
  page: Page,
  { name, language, path }: Wanted,
  tell: (line: string) => void,
): Promise<void> {
  // tooltips and busy states of the moment before
  await page.mouse.move(2, 2)
  await settled(page)
  // live channels never leave the network idle
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
  // charts are drawn with the frames that follow
  await page.evaluate(frames, 4)
  const now = readPng(await page.screenshot())
  const other = !existsSync(path) || difference(readPng(readFileSync(path)), now) > SAME_PIXELS
  if (other) writeFileSync(path, palettePng(now))
  tell(`${other ? 'new ' : 'same'} ${name} ${language}`)
}

/** Runs in the page. */
async function frames(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise(requestAnimationFrame)
}

type Fields = Readonly<Record<string, string>>
const byName = (fields: Fields) => Object.entries(fields).toSorted(([a], [b]) => (a < b ? -1 : 1))
const plain = (fields: Fields) => byName(fields).flat().join('') + DEMO_CREDENTIALS.jam
const likeAQuery = (fields: Fields) =>
  byName(fields)
    .map(([name, value]) => `${name}=${value}`)
    .join('&') + DEMO_CREDENTIALS.jam

/** Calls of mini-programs, the last one signed with separators between its parameters. */
async function callService(host: ConsoleHost): Promise<void> {
  const { url } = await host.api('lan.status', {})
  const { now } = await host.api('system.hello', {})
  const { user, manager } = DEMO_CREDENTIALS
  const call = async (path: string, parameters: Fields, sign = plain) => {
    const app = path.startsWith('bluepower_user') ? user : manager
    const fields = { ...app, timestamp: String(Math.floor(now / 1000)), ...parameters }
    const signature = Buffer.from(createHash('md5').update(sign(fields)).digest('hex')).toString('base64')
    await fetch(`${url ?? ''}/oapi/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...fields, signature }),
    })
  }
  await call('bluepower_user/1_0/getSystemTime', {})
  await call('bluepower_user/1_0/getUserInfo', { user: '13900000001' })
  await call('bluepower_manager/1_0/getManagerInfo', { user: '13900000002' })
  await call('bluepower_user/1_0/getUserInfo', { user: '13900000001' }, likeAQuery)
}
