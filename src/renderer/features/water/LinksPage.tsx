import { Tabs } from 'antd'
import type { TFunction } from 'i18next'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import type { Column, RowOf } from '../../ui/column.ts'
import { Facts, Time } from '../../ui/figures.tsx'
import { useFilters } from '../../ui/filters.ts'
import { ListPart } from '../../ui/ListPart.tsx'
import { PageHead } from '../../ui/PageHead.tsx'
import { ErrorState } from '../../ui/states.tsx'
import { RoomName } from '../../ui/RoomName.tsx'
import { ImportLinks } from './ImportLinks.tsx'
import { LinkDialog } from './LinkDialog.tsx'
import { codeOf, DeviceLink, given, LinkedRooms, time } from './parts.tsx'
import './water.css'

type Row = RowOf<'water.links'>
type Stored = RowOf<'water.storedLinks'>

const columns = (t: TFunction): Column<Row>[] => [
  codeOf('user_code', t('water.userCode'), 120),
  { key: 'username', title: t('water.user'), width: 110 },
  {
    key: 'devices',
    title: t('water.devices'),
    width: 220,
    render: (row) =>
      row.devices.slice(0, 2).map(({ device_code, how }) => (
        <span key={device_code}>
          <DeviceLink code={device_code} />{' '}
          <span className="sd-quiet">{t(`water.links.how.${how}`)}</span>{' '}
        </span>
      )),
    export: { format: 'text', key: 'devices.*.device_code' },
  },
  {
    key: 'rooms',
    title: t('water.rooms'),
    width: 360,
    render: (row) => <LinkedRooms rooms={row.rooms.slice(0, 1)} t={t} />,
    export: { format: 'text', key: 'rooms.*.path' },
  },
]

/** Which room, meter and account belong together (关联). */
export function LinksPage() {
  const { t } = useTranslation()
  const { values, set } = useFilters(['tab'])
  const [dialog, setDialog] = useState<'link' | 'import' | null>(null)
  const actions = (
    <>
      <MayButton operation="water.importLinks" onClick={() => setDialog('import')}>
        {t('water.links.import')}
      </MayButton>
      <MayButton operation="water.link" type="primary" onClick={() => setDialog('link')}>
        {t('water.links.add')}
      </MayButton>
    </>
  )
  return (
    <div className="sd-page" data-template="list">
      <PageHead title={t('water.links.title')} purpose={t('water.links.purpose')} actions={actions} />
      <Tabs
        className="sync-tabs"
        activeKey={values['tab'] === 'stored' ? 'stored' : 'all'}
        onChange={(key) => set({ tab: key === 'all' ? '' : key, query: '', state: '' })}
        destroyOnHidden
        items={[
          { key: 'all', label: t('water.links.title'), children: <All /> },
          { key: 'stored', label: t('water.links.stored'), children: <StoredLinks /> },
        ]}
      />
      <LinkDialog open={dialog === 'link'} onClose={() => setDialog(null)} />
      <ImportLinks open={dialog === 'import'} onClose={() => setDialog(null)} />
    </div>
  )
}

function All() {
  const { t } = useTranslation()
  const shown = useMemo(() => columns(t), [t])
  return (
    <ListPart
      operation="water.links"
      label={t('water.links.title')}
      columns={shown}
      filters={[
        { kind: 'search', key: 'query', label: t('water.links.search') },
        {
          kind: 'select',
          key: 'state',
          label: t('water.links.state'),
          options: [
            { value: 'linked', label: t('water.links.linked') },
            { value: 'unlinked', label: t('water.links.unlinked') },
          ],
        },
      ]}
      input={(f) => ({
        ...given({ query: f['query'] }),
        ...(f['state']
          ? { state: f['state'] === 'linked' ? ('linked' as const) : ('unlinked' as const) }
          : {}),
      })}
      rowKey={(row) => row.user_code || `- ${row.devices[0]?.device_code ?? ''}`}
      export="water.links"
      empty={{ what: t('water.links.empty'), todo: t('water.notYet') }}
    />
  )
}

const storedColumns = (t: TFunction): Column<Stored>[] => [
  time('at', t('water.at')),
  { key: 'operator', title: t('water.links.by'), width: 100 },
  {
    key: 'how',
    title: t('water.links.state'),
    width: 80,
    render: (row) => t(`water.links.how.${row.how}`),
    export: {
      format: 'text',
      words: { hand: t('water.links.how.hand'), import: t('water.links.how.import') },
    },
  },
  { key: 'path', title: t('water.rooms'), width: 300, render: (row) => <RoomName path={row.path} /> },
  codeOf('device_code', t('water.device')),
  codeOf('user_code', t('water.userCode')),
  { key: 'note', title: t('water.links.note'), width: 160 },
]

function StoredLinks() {
  const { t } = useTranslation()
  const shown = useMemo(() => storedColumns(t), [t])
  return (
    <ListPart
      operation="water.storedLinks"
      label={t('water.links.stored')}
      columns={shown}
      filters={[{ kind: 'search', key: 'query', label: t('water.links.search') }]}
      input={(f) => given({ query: f['query'] })}
      rowKey={(row) => row.id}
      export="water.storedLinks"
      empty={{ what: t('water.links.emptyStored') }}
      drawer={{
        title: (row) => row.user_code || row.device_code,
        body: storedBody,
      }}
    />
  )
}

const storedBody = (row: Stored) => <StoredDrawer row={row} />

function StoredDrawer({ row }: { row: Stored }) {
  const { t } = useTranslation()
  const unlink = useWrite('water.unlink')
  return (
    <div className="sd-stack">
      <Facts
        facts={[
          { label: t('water.rooms'), value: row.path.join(' / ') },
          { label: t('water.device'), value: row.device_code },
          { label: t('water.userCode'), value: row.user_code },
          { label: t('water.links.by'), value: row.operator },
          { label: t('water.at'), value: <Time at={row.at} /> },
          { label: t('water.links.note'), value: row.note },
        ]}
      />
      <div className="sd-actions">
        <MayButton
          operation="water.unlink"
          danger
          loading={unlink.isPending}
          disabled={unlink.isSuccess}
          onClick={() => unlink.mutate({ id: row.id })}
        >
          {t('water.links.remove')}
        </MayButton>
      </div>
      {unlink.error ? <ErrorState error={unlink.error} /> : null}
    </div>
  )
}
