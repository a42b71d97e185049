import { NONE } from '../app/format.ts'

/** A room in a row: its own name first, for paths are long and their ends are cut. */
export function RoomName({ path }: { path: readonly string[] }) {
  return (
    <span title={path.join(' / ')}>
      {path.at(-1) ?? NONE} <span className="sd-quiet">{path.slice(0, -1).join(' / ')}</span>
    </span>
  )
}
