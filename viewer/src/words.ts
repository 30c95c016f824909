/** Words as pictures: drawing a word costs ten times as much as drawing a picture of it, and most stay as they are. */

export interface Word {
  image: ImageBitmap | null
  /** Width of the letters, pixels of the page. */
  wide: number
}

/** Height of a line of labels, pixels of the page. */
export const LINE = 14

/** Room around the letters for their halo. */
const HALO = 2

/** Heights change all the time: what is not asked for any more must not pile up. */
const MOST = 4000

export class Words {
  private readonly known = new Map<string, Word>()
  private readonly ruler = new OffscreenCanvas(1, 1).getContext('2d')!

  /** A word in a font and a colour, with a halo that keeps it apart from the map. */
  get(text: string, font: string, colour: string, halo: string, ratio: number): Word {
    const key = `${font}|${colour}|${ratio}|${text}`
    let word = this.known.get(key)
    if (!word) {
      if (this.known.size >= MOST) this.forget()
      word = this.made(text, font, colour, halo, ratio)
      this.known.set(key, word)
    }
    return word
  }

  private made(text: string, font: string, colour: string, halo: string, ratio: number): Word {
    this.ruler.font = font
    const wide = this.ruler.measureText(text).width
    if (wide === 0) return { image: null, wide }
    const canvas = new OffscreenCanvas(Math.ceil((wide + 2 * HALO) * ratio), Math.ceil((LINE + 2 * HALO) * ratio))
    const pen = canvas.getContext('2d')!
    pen.scale(ratio, ratio)
    pen.font = font
    pen.textBaseline = 'middle'
    pen.lineWidth = 3
    pen.lineJoin = 'round'
    pen.strokeStyle = halo
    pen.strokeText(text, HALO, HALO + LINE / 2)
    pen.fillStyle = colour
    pen.fillText(text, HALO, HALO + LINE / 2)
    return { image: canvas.transferToImageBitmap(), wide }
  }

  private forget(): void {
    for (const word of this.known.values()) word.image?.close()
    this.known.clear()
  }
}

/** Draws a word with its left edge at x and its middle at y. */
export function put(pen: CanvasRenderingContext2D, word: Word, x: number, y: number, ratio: number): void {
  if (!word.image) return
  // On whole pixels, letters stay as sharp as they were made.
  const left = Math.round((x - HALO) * ratio) / ratio
  const top = Math.round((y - LINE / 2 - HALO) * ratio) / ratio
  pen.drawImage(word.image, left, top, word.image.width / ratio, word.image.height / ratio)
}
