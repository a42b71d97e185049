import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { LabelSettings } from '#shared/contract/labels.ts'
import { useClient } from '../../api/client.ts'
import { useWrite } from '../../api/queries.ts'
import { useErrorText } from '../../app/i18n/dynamic.ts'
import { usePageKey } from '../../app/keys.tsx'
import { MayButton } from '../../app/why-not.tsx'
import { downloadBase64 } from '../../ui/download.ts'
import { ErrorState, WithReason } from '../../ui/states.tsx'
import { isRight } from './LayoutForm.tsx'
import { paramsOf, type LabelChoice } from './LabelsPage.tsx'
import { kindsOf } from './sheets.ts'

/** Hundreds of pictures take longer than a call usually may. */
const IMAGES_TIMEOUT_MS = 180_000

interface ActionsProps {
  readonly settings: LabelSettings
  readonly changed: boolean
  readonly choice: LabelChoice
}

/** To paper, as pictures, the calibration page; changed papers are kept first. */
export function LabelActions({ settings, changed, choice }: ActionsProps) {
  const { t } = useTranslation()
  const client = useClient()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const save = useWrite('labels.save')
  const images = useWrite('labels.images', {
    timeoutMs: IMAGES_TIMEOUT_MS,
    onSuccess: ({ fileName, base64 }) => downloadBase64({ name: fileName, type: 'application/zip', base64 }),
  })
  const right = isRight(settings)
  const reason = whyNot(t('labels.layout.misfit'), t('labels.codesNone'), right, choice.codes.length)
  const keep = async () => {
    if (changed) await client.call('labels.save', settings)
  }
  const open = async (more: string) => {
    try {
      await keep()
      await navigate(`/chargers/labels/print?${paramsOf(choice).toString()}${more}`)
    } catch (error) {
      void message.error(errorText(error).what)
    }
  }
  const print = () => {
    if (reason === null) void open('')
  }
  usePageKey('Ctrl+Enter', 'labels.print', print)
  const pictures = async () => {
    await keep()
    images.mutate({ deviceCodes: [...choice.codes], kinds: [...kindsOf(choice.kind)] })
  }
  return (
    <div className="sd-stack label-actions">
      <div className="sd-actions">
        <WithReason reason={reason}>
          <Button type="primary" disabled={reason !== null} onClick={print}>
            {t('labels.print')}
          </Button>
        </WithReason>
        <WithReason reason={reason}>
          <Button disabled={reason !== null} loading={images.isPending} onClick={() => void pictures()}>
            {t('labels.images')}
          </Button>
        </WithReason>
        <Button title={t('labels.calibrateHint')} disabled={!right} onClick={() => void open('&calibrate=1')}>
          {t('labels.calibrate')}
        </Button>
        {changed ? <Save settings={settings} save={save} /> : null}
      </div>
      {save.error ? <ErrorState error={save.error} brief /> : null}
      {images.error ? <ErrorState error={images.error} brief /> : null}
    </div>
  )
}

function Save(props: { settings: LabelSettings; save: ReturnType<typeof useWrite<'labels.save'>> }) {
  const { t } = useTranslation()
  const { settings, save } = props
  return (
    <MayButton
      operation="labels.save"
      disabled={!isRight(settings)}
      loading={save.isPending}
      onClick={() => save.mutate(settings)}
    >
      {t('labels.settingsSave')}
    </MayButton>
  )
}

function whyNot(misfit: string, none: string, right: boolean, count: number): string | null {
  if (!right) return misfit
  return count === 0 ? none : null
}
