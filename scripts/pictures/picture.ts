import type { Page } from 'playwright-core'
import type { ConsoleHost } from '../../tests/e2e/support/console.ts'
import type { DeskScene } from '../../tests/e2e/support/desk-scene.ts'

export interface Scene {
  readonly host: ConsoleHost
  readonly desk: DeskScene
}

/** One picture of the guide, in Chinese and in English. */
export interface Picture {
  readonly name: string
  readonly route: string | ((scene: Scene) => string | Promise<string>)
  /** brings the page to what the picture is of */
  readonly before?: (page: Page, scene: Scene) => Promise<unknown>
  /** leaves the desk as the next picture needs it */
  readonly after?: (page: Page, scene: Scene) => Promise<unknown>
}
