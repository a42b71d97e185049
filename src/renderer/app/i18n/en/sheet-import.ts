import type { Same } from '../key.ts'
import type { sheetImport as zh } from '../zh-CN/sheet-import.ts'

export const sheetImport: Same<typeof zh> = {
  template: 'Template',
  drop: 'Drop a sheet here, or choose a file',
  choose: 'Choose a file',
  checking: 'Checking…',
  dryRun: 'Dry run: nothing has changed',
  done: 'Imported',
  counts: { new: 'New', changed: 'Changed', same: 'Same', error: 'Wrong' },
  row: 'Row',
  outcome: 'Result',
  why: 'Why',
  errorFile: 'Download errors',
  errorHint: 'The same file with two more columns: which column, why',
  apply: 'Import {{n}}',
  nothing: 'There is nothing to import',
  other: 'Another file',
  only: 'Show',
  more: '{{n}} of them are shown',
  file: {
    notASheet: 'This is no XLSX or CSV sheet',
    oldExcel: 'This is an old Excel file (XLS); save it as XLSX',
    tooManyRows: 'More than {{most}} rows; split the file',
    columnsMissing: 'The first row lacks the titles: {{missing}}',
    empty: 'The sheet has no rows',
  },
  tooBig: 'The file is over 10 MB; split it.',
  safe: 'Nothing has changed.',
}
