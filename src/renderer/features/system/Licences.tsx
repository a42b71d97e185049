import { useQuery } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Licence } from '#shared/licences.ts'
import { DeskPage } from '../../ui/DeskPage.tsx'
import { EmptyState, Reading } from '../../ui/states.tsx'
import './system.css'

/** Beside the page in every host: made with the build. */
const FILE = './licences.json'

async function fetchLicences(): Promise<Licence[]> {
  const answer = await fetch(FILE)
  if (!answer.ok) throw new Error(`${FILE}: ${answer.status}`)
  return (await answer.json()) as Licence[]
}

/** Whose work the program is made of, and on which terms. */
export function Licences() {
  const { t } = useTranslation()
  const list = useQuery({ queryKey: ['licences'], queryFn: fetchLicences, staleTime: Infinity })
  const [wanted, setWanted] = useState('')
  return (
    <DeskPage title={t('system.licences')} purpose={t('system.licencesPurpose')}>
      <Input.Search
        value={wanted}
        aria-label={t('system.licenceFind')}
        placeholder={t('system.licenceFind')}
        allowClear
        onChange={(event) => setWanted(event.target.value)}
      />
      <Reading read={list} lines={12}>
        {(all) => <Found list={all.filter((one) => fits(one, wanted))} />}
      </Reading>
    </DeskPage>
  )
}

const fits = ({ name, licence }: Licence, wanted: string) =>
  `${name} ${licence}`.toLowerCase().includes(wanted.trim().toLowerCase())

function Found({ list }: { list: readonly Licence[] }) {
  const { t } = useTranslation()
  if (list.length === 0) return <EmptyState what={t('system.licenceNone')} />
  return (
    <section className="sd-panel">
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
