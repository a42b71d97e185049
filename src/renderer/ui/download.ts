/** Hands a file to the browser's or the desktop's own download. */
export function downloadBlob(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  document.body.append(link)
  link.click()
  link.remove()
  // the download holds the data by now; a minute covers slow "save as" dialogs
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

export function downloadBase64(file: { name: string; type: string; base64: string }): void {
  const bytes = Uint8Array.from(atob(file.base64), (c) => c.codePointAt(0) ?? 0)
  downloadBlob(file.name, new Blob([bytes], { type: file.type }))
}
