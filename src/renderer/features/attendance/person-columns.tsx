import type { TFunction } from 'i18next'
import type { Column } from '../../ui/column.ts'
import { Person } from './Person.tsx'

/** Who a row is of, and his number, which only those who may see it export. */
export const personColumns = <Row extends { readonly userName: string; readonly user: string }>(
  t: TFunction,
  phones: boolean,
): readonly Column<Row>[] => [
  {
    key: 'userName',
    title: t('attendance.person'),
    width: 170,
    render: (row) => <Person name={row.userName} phone={row.user} />,
  },
  {
    key: 'user',
    title: t('attendance.phone'),
    width: 120,
    hidden: true,
    render: (row) => <Person name="" phone={row.user} />,
    export: phones ? { format: 'text' } : false,
  },
]
