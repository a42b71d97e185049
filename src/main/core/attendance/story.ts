import type { Actor, Books } from './books.ts'
import { decideCorrection, proposeCorrection } from './corrections.ts'
import { addMember, leaveProject } from './members.ts'
import { newProject, setKeeper } from './projects.ts'
import { decideCheckIn, recordCheckOut, requestCheckIn, subscribe } from './shifts.ts'

/**
 * What people did, told by their phones: the demo's weeks go through the same rules as everything else, so that its
 * log, records and sums hold together.
 */
export type Deed = {
  /** when it was done, epoch ms */
  readonly at: number
  /** by the story's own name */
  readonly project: string
  /** whose phone did it */
  readonly by: string
} & (
  | { readonly kind: 'project'; readonly name: string }
  | { readonly kind: 'keeper'; readonly keeper: string; readonly keeperName: string }
  | { readonly kind: 'member'; readonly user: string; readonly userName: string }
  | { readonly kind: 'leave' | 'subscribe' }
  | { readonly kind: 'request'; readonly checkInAt: number }
  | { readonly kind: 'answer'; readonly user: string; readonly confirm: boolean; readonly reason?: string }
  | { readonly kind: 'end'; readonly user: string; readonly checkOutAt: number }
  | {
      readonly kind: 'correct'
      /** whose last shift */
      readonly user: string
      readonly checkInAt?: number
      readonly checkOutAt?: number
      readonly note: string
    }
  | { readonly kind: 'decide'; readonly user: string; readonly accept: boolean; readonly reason?: string }
)

/** Only inside `site.write`; throws where a rule refuses. `deeds` in the order of their time. */
export function tell(books: Books, deeds: readonly Deed[]): void {
  const story = new Story(books)
  for (const deed of deeds) story.tell(deed)
}

class Story {
  readonly #books: Books
  readonly #projects = new Map<string, string>()
  /** the last shift of a worker in a project, and its last correction */
  readonly #records = new Map<string, string>()
  readonly #corrections = new Map<string, string>()

  constructor(books: Books) {
    this.#books = books
  }

  tell(deed: Deed): void {
    const actor: Actor = { phone: deed.by, operator: null }
    if (deed.kind === 'project') {
      this.#projects.set(deed.project, String(newProject(this.#books, actor, deed.name, deed.at)))
      return
    }
    this.#tell(deed, actor, this.#projects.get(deed.project) ?? '')
  }

  #tell(deed: Exclude<Deed, { kind: 'project' }>, actor: Actor, projectId: string): void {
    const books = this.#books
    const { at, project } = deed
    const user = 'user' in deed ? deed.user : deed.by
    const key = `${project}/${user}`
    const recordId = this.#records.get(key) ?? ''
    switch (deed.kind) {
      case 'keeper':
        return setKeeper(books, actor, { ...deed, projectId }, at)
      case 'member':
        return void addMember(books, actor, { ...deed, projectId }, at)
      case 'leave':
        return leaveProject(books, actor, projectId, at)
      case 'request':
        return void this.#records.set(key, String(requestCheckIn(books, actor, { ...deed, projectId }, at)))
      case 'subscribe':
        return subscribe(books, actor, recordId, at)
      case 'answer':
        return decideCheckIn(books, actor, { ...deed, recordId }, at)
      case 'end':
        return recordCheckOut(books, actor, { ...deed, recordId }, at)
      case 'correct':
        return void this.#corrections.set(
          key,
          String(proposeCorrection(books, actor, { ...deed, recordId }, at)),
        )
      case 'decide': {
        const correctionId = this.#corrections.get(key) ?? ''
        return decideCorrection(books, actor, { ...deed, correctionId }, at)
      }
    }
  }
}
