import { DownloadOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Licence } from '#shared/licences.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { downloadBlob } from '../../ui/download.ts'
import { FilterBar } from '../../ui/FilterBar.tsx'
import { useFilters } from '../../ui/filters.ts'
import { EmptyState, Reading } from '../../ui/states.tsx'
import './system.css'

/** Beside the page in every host: made with the build. */
const FILE = './licences.json'
const SEARCH = 'query'

async function fetchLicences(): Promise<Licence[]> {
  const answer = await fetch(FILE)
  if (!answer.ok) throw new Error(`${FILE}: ${answer.status}`)
  return (await answer.json()) as Licence[]
}

/** Whose work the program is made of, and on which terms. */
export function Licences() {
  const { t } = useTranslation()
  const list = useQuery({ queryKey: ['licences'], queryFn: fetchLicences, staleTime: Infinity })
  const state = useFilters([SEARCH])
  const wanted = (state.values[SEARCH] ?? '').toLowerCase()
  const found = list.data?.filter(({ name, licence }) => `${name} ${licence}`.toLowerCase().includes(wanted))
  const save = () => downloadBlob(`${t('system.licences')}.txt`, new Blob([asText(found ?? [])]))
  return (
    <DeskPage
      back={{ to: '/diagnostics', label: t('system.title') }}
      title={t('system.licences')}
      purpose={t('system.licencesPurpose')}
    >
      <FilterBar filters={[{ kind: 'search', key: SEARCH, label: t('system.licenceFind') }]} state={state}>
        <Button icon={<DownloadOutlined />} disabled={!found?.length} onClick={save}>
          {t('common.action.export')}
        </Button>
      </FilterBar>
      <Reading read={list} lines={12}>
        {() => <Found list={found ?? []} />}
      </Reading>
    </DeskPage>
  )
}

const headOf = ({ name, version, licence }: Licence) => `${name} ${version} · ${licence}`

/** What is handed on with the program, terms and all. */
const asText = (list: readonly Licence[]) =>
  list.map((one) => `${headOf(one)}\n\n${one.text}`.trimEnd()).join(`\n\n${'-'.repeat(80)}\n\n`)

function Found({ list }: { list: readonly Licence[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return <EmptyState what={t('system.licenceNone')} />
  return (
    <section className="sd-panel">
      <p className="sd-quiet">{t('system.licenceCount', { n: list.length })}</p>
      {list.map(({ name, version, licence, text }) => (
        <details key={`${name} ${version}`} className="sd-licence">
          <summary>
            <strong>{name}</strong> {version} · {licence}
          </summary>
          <pre>{text === '' ? t('system.licenceNoText') : text}</pre>
        </details>
      ))}
    </section>
  )
}
