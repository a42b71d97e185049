import { App, Button, Checkbox, Form, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReceiptTemplate } from '#shared/contract/receipts.ts'
import { useRead, useWrite } from '../../../api/queries.ts'
import { useSite } from '../../../app/site.tsx'
import { useWhyNot } from '../../../app/why-not.tsx'
import { Panel } from '../../../ui/DeskPage.tsx'
import { PageHead } from '../../../ui/PageHead.tsx'
import { ErrorState, Reading, WithReason } from '../../../ui/states.tsx'
import { PAPERS } from '../remembered.ts'
import { ReceiptPaper } from './ReceiptPaper.tsx'
import { sampleReceipt } from './sample.ts'
import './template.css'

/** What stands on receipts, with the paper beside it as it will be. */
export function TemplatePage() {
  const { t } = useTranslation()
  const template = useRead('receipts.template', {})
  return (
    <div className="sd-page">
      <PageHead title={t('receipts.editTitle')} purpose={t('receipts.editPurpose')} />
      <Reading read={template}>{(data) => <Editor key={JSON.stringify(data)} saved={data} />}</Reading>
    </div>
  )
}

function Editor({ saved }: { saved: ReceiptTemplate }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [draft, setDraft] = useState(saved)
  const save = useWrite('receipts.saveTemplate', { onSuccess: () => void message.info(t('receipts.saved')) })
  const reason = useWhyNot('receipts.saveTemplate')
  return (
    <div className="rt-columns">
      <Panel>
        <Form<ReceiptTemplate>
          layout="vertical"
          requiredMark={false}
          disabled={reason !== null}
          initialValues={saved}
          onValuesChange={(_change, all) => setDraft({ ...saved, ...all })}
          onFinish={(values) => save.mutate({ ...saved, ...values })}
        >
          <Fields />
          {save.error ? <ErrorState error={save.error} /> : null}
          <WithReason reason={reason}>
            <Button type="primary" htmlType="submit" disabled={reason !== null} loading={save.isPending}>
              {t('common.action.save')}
            </Button>
          </WithReason>
        </Form>
      </Panel>
      <Panel title={t('receipts.preview')}>
        <Preview template={draft} />
      </Panel>
    </div>
  )
}

const TEXTS = [
  ['title', 40],
  ['organisation', 80],
  ['phone', 40],
] as const

function Fields() {
  const { t } = useTranslation()
  return (
    <>
      {TEXTS.map(([name, maxLength]) => (
        <Form.Item key={name} name={name} label={t(`receipts.field.${name}`)}>
          <Input maxLength={maxLength} autoComplete="off" />
        </Form.Item>
      ))}
      <Form.Item name="footer" label={t('receipts.field.footer')}>
        <Input.TextArea maxLength={200} autoSize={{ minRows: 2, maxRows: 4 }} />
      </Form.Item>
      <div className="rt-checks">
        {(['showBalance', 'showQr', 'showOperator'] as const).map((name) => (
          <Form.Item key={name} name={name} valuePropName="checked">
            <Checkbox>{t(`receipts.field.${name}`)}</Checkbox>
          </Form.Item>
        ))}
      </div>
      <Form.Item name="paper" label={t('receipts.field.paper')}>
        <Radio.Group options={PAPERS.map((value) => ({ value, label: t(`receipts.paperName.${value}`) }))} />
      </Form.Item>
      <div className="sd-pair">
        <Form.Item
          name="prefix"
          label={t('receipts.field.prefix')}
          rules={[{ pattern: /^[A-Za-z0-9-]{0,8}$/, message: t('receipts.field.prefixHint') }]}
        >
          <Input maxLength={8} autoComplete="off" />
        </Form.Item>
        <Form.Item name="series" label={t('receipts.field.series')}>
          <Radio.Group
            options={[
              { value: 'day', label: t('receipts.field.seriesDay') },
              { value: 'running', label: t('receipts.field.seriesRunning') },
            ]}
          />
        </Form.Item>
      </div>
    </>
  )
}

function Preview({ template }: { template: ReceiptTemplate }) {
  const { zone, now } = useSite()
  const [at] = useState(now)
  return (
    <div className="rt-preview" data-paper={template.paper}>
      <ReceiptPaper
        receipt={sampleReceipt(template, at, zone)}
        paper={template.paper}
        zone={zone}
        now={at}
        sample="preview"
      />
    </div>
  )
}
