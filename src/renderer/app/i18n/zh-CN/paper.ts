export const paper = {
  practice: '练习，无效',
  print: '打印',
  pdf: '存为 PDF',
  hint: '按所见打印，A4 纸；在打印窗口里可另存为 PDF',
  printed: '{{time}} 由 {{who}} 打印',
} as const
