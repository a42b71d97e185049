import { Input, Segmented } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UpdateSource } from '#shared/contract/updates.ts'
import { useWrite } from '../../api/queries.ts'
import { MayButton } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { ErrorState } from '../../ui/states.tsx'

type Kind = UpdateSource['kind']
const KINDS: readonly Kind[] = ['feed', 'folder', 'file']

const placeOf = (source: UpdateSource | null) =>
  source === null ? '' : source.kind === 'feed' ? source.url : source.path

const sourceOf = (kind: Kind, place: string): UpdateSource =>
  kind === 'feed' ? { kind, url: place } : { kind, path: place }

/** Where new versions are looked for: an address, a folder that all desks reach, a file on a stick. */
export function SourceForm({ source }: { source: UpdateSource | null }) {
  const { t } = useTranslation()
  const id = useId()
  const [kind, setKind] = useState<Kind>(source?.kind ?? 'folder')
  const [place, setPlace] = useState(placeOf(source))
  const save = useWrite('updates.setSource')
  const wanted = place.trim()
  return (
    <Panel title={t('updates.source')} purpose={t('updates.sourcePurpose')}>
      <form
        className="sd-stack"
        onSubmit={(event) => {
          event.preventDefault()
          save.mutate({ source: wanted === '' ? null : sourceOf(kind, wanted) })
        }}
      >
        <Segmented
          aria-label={t('updates.source')}
          value={kind}
          options={KINDS.map((value) => ({ value, label: t(`updates.kind.${value}`) }))}
          onChange={setKind}
        />
        <label htmlFor={id}>{t(`updates.place.${kind}`)}</label>
        <Input id={id} value={place} onChange={(event) => setPlace(event.target.value)} />
        {save.error ? <ErrorState error={save.error} brief /> : null}
        <div>
          <MayButton
            operation="updates.setSource"
            htmlType="submit"
            loading={save.isPending}
            disabled={wanted === placeOf(source) && kind === (source?.kind ?? kind)}
          >
            {t('updates.save')}
          </MayButton>
        </div>
      </form>
    </Panel>
  )
}
