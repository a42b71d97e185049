import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { Input } from '#shared/contract/index.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { MayButton } from '../../app/why-not.tsx'
import { BatchDialog } from './BatchDialog.tsx'
import { EnableDialog } from './EnableDialog.tsx'
import { labelsPath } from './paths.ts'
import { TransferDialog } from './TransferDialog.tsx'
import type { Marked } from './use-marks.ts'

type Doing = 'batch' | 'enable' | 'disable' | 'transfer'

/** What can be done to those that are chosen. */
export function MarkBar({ marked, input }: { marked: Marked; input: Input<'devices.list'> }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const [doing, setDoing] = useState<Doing | null>(null)
  const { codes } = marked
  const close = () => setDoing(null)
  const all = () =>
    marked.takeAll(input).then(
      (more) => more && void message.info(t('devices.selection.most')),
      (error: unknown) => void message.error(errorText(error).what),
    )
  return (
    <div className="sd-marks" role="status">
      <strong className="sd-figure">{t('devices.selection.count', { n: codes.length })}</strong>
      <Button size="small" type="link" onClick={() => void all()}>
        {t('devices.selection.all')}
      </Button>
      <Button size="small" type="link" onClick={marked.clear}>
        {t('devices.selection.clear')}
      </Button>
      <span className="sd-spring" />
      {(['batch', 'transfer', 'enable', 'disable'] as const).map((what) => (
        <MayButton
          key={what}
          operation={what === 'transfer' ? 'devices.transfer' : 'devices.updateMany'}
          size="small"
          onClick={() => setDoing(what)}
        >
          {t(what === 'batch' ? 'devices.selection.batch' : `devices.${what}`)}
        </MayButton>
      ))}
      <Link to={labelsPath(codes)}>
        <Button size="small">{t('devices.labels')}</Button>
      </Link>
      <BatchDialog codes={codes} open={doing === 'batch'} onClose={close} />
      <TransferDialog codes={codes} open={doing === 'transfer'} onClose={close} />
      <EnableDialog codes={codes} to={0} open={doing === 'enable'} onClose={close} />
      <EnableDialog codes={codes} to={1} open={doing === 'disable'} onClose={close} />
    </div>
  )
}
