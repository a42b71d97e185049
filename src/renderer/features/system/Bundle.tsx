import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Output } from '#shared/contract/index.ts'
import { useWrite } from '../../api/queries.ts'
import { formatBytes } from '../../app/format.ts'
import { useWhyNot } from '../../app/why-not.tsx'
import { Panel } from '../../ui/DeskPage.tsx'
import { downloadBase64 } from '../../ui/download.ts'
import { ErrorState, WithReason } from '../../ui/states.tsx'

type Made = Output<'system.diagnostics'>

/** One redacted file for support: what is in it is shown before it is saved. */
export function Bundle() {
  const { t } = useTranslation()
  const make = useWrite('system.diagnostics')
  const reason = useWhyNot('system.diagnostics')
  return (
    <Panel title={t('system.bundle')} purpose={t('system.bundlePurpose')}>
      <div className="sd-stack">
        {make.error ? <ErrorState error={make.error} /> : null}
        {make.data ? <Inside made={make.data} /> : null}
        <div>
          <WithReason reason={reason}>
            <Button disabled={reason !== null} loading={make.isPending} onClick={() => make.mutate({})}>
              {t(make.data ? 'system.bundleAgain' : 'system.bundleMake')}
            </Button>
          </WithReason>
        </div>
      </div>
    </Panel>
  )
}

function Inside({ made: { name, files, zip } }: { made: Made }) {
  const { t } = useTranslation()
  return (
    <>
      <table className="sd-plain" aria-label={t('system.bundleHas')}>
        <tbody>
          {files.map((file) => (
            <tr key={file.name}>
              <th scope="row">{t(`system.bundleFile.${file.name.split('.')[0] as FileKey}`)}</th>
              <td className="sd-number">{formatBytes(file.bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="sd-quiet">{t('system.bundleClean')}</p>
      <div>
        <Button type="primary" onClick={() => downloadBase64({ name, type: 'application/zip', base64: zip })}>
          {t('system.bundleSave')}
        </Button>
      </div>
    </>
  )
}

type FileKey = 'about' | 'status' | 'settings' | 'schema' | 'jobs' | 'crashes' | 'log'
