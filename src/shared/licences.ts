/** A shipped package and what its authors ask for; `licences.json` beside the page holds all of them. */
export interface Licence {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly text: string
}
