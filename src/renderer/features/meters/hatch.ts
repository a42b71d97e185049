const SIZE = 8

/**
 * Diagonal lines for a slot without reading, as an echarts pattern; the plain colour where there is no canvas.
 * Drawn at twice the size, so that the lines stay sharp at 200 % scaling.
 */
export function hatch(line: string): unknown {
  const canvas = document.createElement('canvas')
  canvas.width = SIZE * 2
  canvas.height = SIZE * 2
  const context = canvas.getContext('2d')
  if (!context) return line
  context.scale(2, 2)
  context.strokeStyle = line
  context.lineWidth = 1
  context.beginPath()
  for (const offset of [-SIZE, 0, SIZE]) {
    context.moveTo(offset, SIZE)
    context.lineTo(offset + SIZE, 0)
  }
  context.stroke()
  return { image: canvas, repeat: 'repeat', scaleX: 0.5, scaleY: 0.5 }
}

/** The same hatch for a legend swatch. */
export const hatchCss = (line: string) =>
  `repeating-linear-gradient(135deg, transparent 0 4px, ${line} 4px 5px)`
