import { Button, Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { formatBytes } from '../../app/format.ts'
import { ErrorState, Notice } from '../../ui/states.tsx'
import { Field } from './Field.tsx'
import { usePlace } from './use-place.ts'

export interface PlaceFormProps {
  readonly second: Output<'backups.status'>['second']
  readonly verb: string
  readonly onDone: () => void
  /** what was typed before */
  readonly initial?: string | undefined
  readonly onTyped?: (folder: string) => void
  /** before the buttons */
  readonly extra?: ReactNode
}

/** Where the copies go once more, and the passphrase they are sealed with; a folder can be tried before it is kept. */
export function PlaceForm({ second, verb, onDone, initial = '', onTyped, extra }: PlaceFormProps) {
  const { t } = useTranslation()
  const place = usePlace(second, initial, onDone)
  const { tried, set } = place
  return (
    <form
      className="sd-stack"
      onSubmit={(event) => {
        event.preventDefault()
        place.save()
      }}
    >
      <Field label={t('backups.folder')} hint={t('backups.folderHint')}>
        {(id) => (
          <Input
            id={id}
            autoComplete="off"
            placeholder={t('backups.folderExample')}
            value={place.folder}
            onChange={({ target }) => {
              place.type(target.value)
              onTyped?.(target.value)
            }}
          />
        )}
      </Field>
      <Passphrases place={place} />
      {tried.data ? <Tried found={tried.data} /> : null}
      {tried.error ? <ErrorState error={tried.error} /> : null}
      {set.error ? <ErrorState error={set.error} /> : null}
      <div className="sd-actions sd-actions-end">
        {extra}
        {second.folder === null ? null : (
          <Button danger loading={set.isPending} onClick={() => set.mutate({ folder: null })}>
            {t('backups.action.noPlace')}
          </Button>
        )}
        <Button
          disabled={place.path === ''}
          loading={tried.isPending}
          onClick={() => tried.mutate({ folder: place.path })}
        >
          {t('backups.action.try')}
        </Button>
        <Button type="primary" htmlType="submit" disabled={place.blocked} loading={set.isPending}>
          {verb}
        </Button>
      </div>
    </form>
  )
}

function Passphrases({ place }: { place: ReturnType<typeof usePlace> }) {
  const { t } = useTranslation()
  return (
    <div className="sd-pair">
      <Field
        label={t('backups.passphrase')}
        hint={t(place.keyed ? 'backups.passphraseKept' : 'backups.passphraseHint')}
      >
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="new-password"
            value={place.passphrase}
            onChange={({ target }) => place.setPassphrase(target.value)}
          />
        )}
      </Field>
      <Field label={t('backups.again')} {...(place.differs ? { hint: t('backups.differ') } : {})}>
        {(id) => (
          <Input.Password
            id={id}
            autoComplete="new-password"
            status={place.differs ? 'error' : ''}
            value={place.again}
            onChange={({ target }) => place.setAgain(target.value)}
          />
        )}
      </Field>
    </div>
  )
}

/** What the trial of a folder found, and what follows from it. */
function Tried({ found: { problem, message, freeBytes, sameDisk } }: { found: Output<'backups.tryPlace'> }) {
  const { t } = useTranslation()
  if (problem !== null)
    return (
      <Notice tone="bad">
        <strong>{t(`backups.tried.${problem}`)}</strong>
        <span className="sd-quiet">{message}</span>
      </Notice>
    )
  const free = formatBytes(freeBytes ?? 0)
  return (
    <Notice tone={sameDisk ? 'attention' : 'good'}>
      {t(sameDisk ? 'backups.tried.sameDisk' : 'backups.tried.good', { free })}
    </Notice>
  )
}
