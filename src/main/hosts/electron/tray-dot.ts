/** A red dot at the lower right of a tray's icon, in place: BGRA, four bytes a pixel. */
export function drawDot(bitmap: Uint8Array, width: number, height: number): Uint8Array {
  const radius = Math.round(Math.min(width, height) * 0.25)
  const [centreX, centreY] = [width - radius - 1, height - radius - 1]
  for (let y = centreY - radius; y <= centreY + radius; y++)
    for (let x = centreX - radius; x <= centreX + radius; x++)
      if ((x - centreX) ** 2 + (y - centreY) ** 2 <= radius ** 2) bitmap.set(RED, (y * width + x) * 4)
  return bitmap
}

/** The theme's red for what is bad. */
const RED = [0x1c, 0x1c, 0xb9, 0xff]
