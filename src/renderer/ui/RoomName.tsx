import { NONE } from '../app/format.ts'

/** A room in a row, the nearest place first: where a narrow column cuts, the campus goes, not the room. */
export function RoomName({ path }: { path: readonly string[] }) {
  return (
    <span title={path.join(' / ')}>
      {path.at(-1) ?? NONE} <span className="sd-quiet">{path.slice(0, -1).toReversed().join(' · ')}</span>
    </span>
  )
}
