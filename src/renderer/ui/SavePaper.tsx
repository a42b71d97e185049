import { FilePdfOutlined } from '@ant-design/icons'
import { App, Button } from 'antd'
import { useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useErrorText } from '../app/i18n/dynamic.ts'
import { downloadBlob } from './download.ts'
import { paperPdf } from './paper-pdf.ts'
import { usePracticeMark } from './practice-mark.ts'

/** The sheet as a file, its pages A4 exactly. */
export function SavePaper(props: {
  name: string
  sheet: RefObject<HTMLElement | null>
  foot: string
  landscape: boolean
  ready: boolean
}) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const errorText = useErrorText()
  const mark = usePracticeMark('paper')
  const [busy, setBusy] = useState(false)
  const save = async () => {
    const { current } = props.sheet
    if (!current) return
    setBusy(true)
    try {
      downloadBlob(props.name, await paperPdf(current, props.foot, props.landscape, mark))
    } catch (error) {
      void message.error(errorText(error).what)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button icon={<FilePdfOutlined />} disabled={!props.ready} loading={busy} onClick={() => void save()}>
      {t('paper.pdf')}
    </Button>
  )
}
