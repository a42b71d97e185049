import { Button, Input, Modal, Segmented, Select } from 'antd'
import { useId, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { useFormat, useSite } from '../../app/site.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Code } from '../../ui/figures.tsx'
import { ErrorState, Notice } from '../../ui/states.tsx'
import type { Side } from './use-words.ts'

const HOURS = [0, 1, 24, 168, 720, 2160] as const
type Hours = (typeof HOURS)[number]
const USUAL_HOURS: Hours = 168

/** New credentials for a side: chosen, then shown once. */
export function RotateDialog(props: { side: Side; exists: boolean; onClose: () => void }) {
  const rotate = useWrite('lan.rotate')
  if (rotate.data) return <Made side={props.side} made={rotate.data} onClose={props.onClose} />
  return <Choose {...props} rotate={rotate} />
}

interface ChooseProps {
  readonly side: Side
  readonly exists: boolean
  readonly onClose: () => void
  readonly rotate: ReturnType<typeof useWrite<'lan.rotate'>>
}
interface Pair {
  readonly appId: string
  readonly appKey: string
}

function Choose({ side, exists, onClose, rotate }: ChooseProps) {
  const { t } = useTranslation()
  const [how, setHow] = useState<'generate' | 'enter'>('generate')
  const [pair, setPair] = useState<Pair>({ appId: '', appKey: '' })
  const [hours, setHours] = useState<Hours>(exists ? USUAL_HOURS : 0)
  const entered = how === 'enter'
  const missing = entered && (pair.appId.trim() === '' || pair.appKey.trim() === '')
  const title = t(exists ? 'lan.credentials.rotateTitle' : 'lan.credentials.setUpTitle', {
    side: t(`lan.side.${side}`),
  })
  return (
    <Modal
      open
      title={title}
      okText={t(entered ? 'lan.credentials.saveEntered' : 'lan.credentials.save')}
      okButtonProps={{ disabled: missing }}
      confirmLoading={rotate.isPending}
      onOk={() => rotate.mutate({ side, overlapHours: hours, ...(entered ? pair : {}) })}
      onCancel={onClose}
    >
      <div className="sd-stack">
        <Segmented
          aria-label={t('lan.credentials.how')}
          value={how}
          onChange={setHow}
          options={(['generate', 'enter'] as const).map((value) => ({
            value,
            label: t(`lan.credentials.${value}`),
          }))}
        />
        {entered ? <Entered pair={pair} onChange={setPair} /> : null}
        {exists ? <Overlap hours={hours} onChange={setHours} /> : null}
        {rotate.error ? <ErrorState error={rotate.error} /> : null}
      </div>
    </Modal>
  )
}

function Entered({ pair, onChange }: { pair: Pair; onChange: (pair: Pair) => void }) {
  const { t } = useTranslation()
  return (
    <>
      <Field label={t('lan.credentials.appId')}>
        {(id) => (
          <Input
            id={id}
            value={pair.appId}
            maxLength={200}
            autoComplete="off"
            onChange={(event) => onChange({ ...pair, appId: event.target.value })}
          />
        )}
      </Field>
      <Field label={t('lan.credentials.appKey')}>
        {(id) => (
          <Input.Password
            id={id}
            value={pair.appKey}
            maxLength={200}
            autoComplete="new-password"
            onChange={(event) => onChange({ ...pair, appKey: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

function Overlap({ hours, onChange }: { hours: Hours; onChange: (hours: Hours) => void }) {
  const { t } = useTranslation()
  return (
    <Field label={t('lan.credentials.overlap')} hint={t('lan.credentials.overlapHint')}>
      {(id) => (
        <Select<Hours>
          id={id}
          value={hours}
          onChange={onChange}
          options={HOURS.map((value) => ({ value, label: t(`lan.credentials.hours.${value}`) }))}
          style={{ width: 160 }}
        />
      )}
    </Field>
  )
}

function Field(props: { label: string; hint?: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="sd-field lan-field">
      <label htmlFor={id}>{props.label}</label>
      {props.children(id)}
      {props.hint ? <span className="sd-quiet">{props.hint}</span> : null}
    </div>
  )
}

/** Closes only by its button: nothing shows the key again. */
function Made({ side, made, onClose }: { side: Side; made: Output<'lan.rotate'>; onClose: () => void }) {
  const { t } = useTranslation()
  const site = useSite()
  const format = useFormat()
  const overlaps = made.until > site.now()
  return (
    <Modal
      open
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      title={t('lan.credentials.madeTitle', { side: t(`lan.side.${side}`) })}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('lan.credentials.copied')}
        </Button>
      }
    >
      <div className="sd-stack">
        <Notice>{t('lan.credentials.once')}</Notice>
        {(['appId', 'appKey'] as const).map((name) => (
          <div key={name} className="lan-made">
            <span>{t(`lan.credentials.${name}`)}</span>
            <Code>{made[name]}</Code>
            <CopyButton text={made[name]} />
          </div>
        ))}
        <p className="sd-quiet">
          {overlaps
            ? t('lan.credentials.oldUntil', { until: format.time(made.until) })
            : t('lan.credentials.oldGone')}
        </p>
      </div>
    </Modal>
  )
}
