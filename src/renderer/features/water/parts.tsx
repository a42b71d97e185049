import type { TFunction } from 'i18next'
import { Link } from 'react-router'
import type { Output } from '#shared/contract/index.ts'
import type { WaterRegionNode } from '#shared/contract/water.ts'
import { DAY, parseDateTime, type ZoneOffset } from '#shared/time.ts'
import { useRead } from '../../api/queries.ts'
import type { Column } from '../../ui/column.ts'
import { Code, Figure, Time } from '../../ui/figures.tsx'
import type { Filter, FilterNode, FilterValues } from '../../ui/filters.ts'
import { RoomName } from '../../ui/RoomName.tsx'
import { devicePath, roomPath } from './paths.ts'

/** Columns of the vendor's rows; amounts show two decimals and no currency (W-19). */
export const figure = <Row extends object>(
  key: keyof Row & string,
  title: string,
  width = 100,
): Column<Row> => ({
  key,
  title,
  width,
  align: 'right',
  render: (row) => <Figure value={row[key] as string | null} decimals={2} />,
  export: { format: 'decimal' },
})

export const time = <Row extends object>(
  key: keyof Row & string,
  title: string,
  day = false,
): Column<Row> => ({
  key,
  title,
  width: 110,
  render: (row) => <Time at={row[key] as number | null} day={day} />,
  export: { format: day ? 'day' : 'time' },
})

export const codeOf = <Row extends object>(
  key: keyof Row & string,
  title: string,
  width = 140,
): Column<Row> => ({
  key,
  title,
  width,
  render: (row) => <Code>{row[key] as string}</Code>,
})

export const deviceOf = <Row extends object>(key: keyof Row & string, title: string): Column<Row> => ({
  key,
  title,
  width: 140,
  render: (row) => <DeviceLink code={row[key] as string} />,
})

export function DeviceLink({ code }: { code: string }) {
  return code === '' ? null : (
    <Link to={devicePath(code)}>
      <Code>{code}</Code>
    </Link>
  )
}

type Rooms = Output<'water.arrears'>['rows'][number]['rooms']

/** Rooms by their paths, with how each was found. */
export function LinkedRooms({ rooms, t }: { rooms: Rooms; t: TFunction }) {
  if (rooms.length === 0) return <span className="sd-quiet">{t('water.arrears.noRoom')}</span>
  return (
    <span className="water-linked">
      {rooms.map(({ roomId, path, how }) => (
        <span key={roomId}>
          <Link to={roomPath(roomId)}>
            <RoomName path={path} />
          </Link>{' '}
          <span className="sd-quiet">{t(`water.links.how.${how}`)}</span>
        </span>
      ))}
    </span>
  )
}

/** What a row has beyond its columns: fields that could not be read, as they came. */
export const rawFacts = ({ raw }: { raw?: Readonly<Record<string, string>> | undefined }) =>
  Object.entries(raw ?? {}).map(([label, value]) => ({ label, value: <Code>{value}</Code> }))

const nodesOf = (rows: readonly WaterRegionNode[], count: 'devices' | 'accounts'): FilterNode[] =>
  rows
    .filter(({ active }) => active)
    .map((row) => ({
      value: row.id,
      label: `${row.name} (${row[count]})`,
      children: nodesOf(row.children, count),
    }))

/** The region tree as a filter, with what its query returned. */
export function useRegionFilter(label: string, count: 'devices' | 'accounts'): Filter {
  const regions = useRead('water.regions', {})
  return { kind: 'tree', key: 'region', label, nodes: nodesOf(regions.data?.rows ?? [], count) }
}

/** The words that were seen in a list, as choices (W-29). */
export function useWordFilter(
  list: 'flows' | 'operations' | 'schedules' | 'readings' | 'payments',
  key: string,
  label: string,
): Filter {
  const words = useRead('water.words', { list })
  const options = (words.data?.rows ?? []).map(({ word, count }) => ({
    value: word,
    label: `${word} (${count})`,
  }))
  return { kind: 'select', key, label, options, typed: true, width: 150 }
}

/** Days as people mean them: both ends included. */
export function spanOf({ from, to }: FilterValues, zone: ZoneOffset) {
  const start = from ? parseDateTime(from, zone) : null
  const end = to ? parseDateTime(to, zone) : null
  return {
    ...(start === null ? {} : { start_time: start }),
    ...(end === null ? {} : { end_time: end + DAY }),
  }
}

/** Only what is set is asked for. */
export const given = (values: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])))
