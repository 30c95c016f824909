/** What of the canvas is taken, in squares: whether a label fits is a few looks, however many there are. */

/** Side of a square, pixels. */
const SQUARE = 6

export class Room {
  private readonly columns: number
  private readonly rows: number
  private readonly taken: Uint8Array

  constructor(width: number, height: number) {
    this.columns = Math.ceil(width / SQUARE)
    this.rows = Math.ceil(height / SQUARE)
    this.taken = new Uint8Array(this.columns * this.rows)
  }

  isFree(x: number, y: number, width: number, height: number): boolean {
    const [west, east, north, south] = this.squares(x, y, width, height)
    for (let row = north; row < south; row++) {
      for (let at = row * this.columns + west; at < row * this.columns + east; at++) if (this.taken[at] === 1) return false
    }
    return true
  }

  take(x: number, y: number, width: number, height: number): void {
    const [west, east, north, south] = this.squares(x, y, width, height)
    for (let row = north; row < south; row++) this.taken.fill(1, row * this.columns + west, row * this.columns + east)
  }

  /** First and one past the last square, cut to the canvas. */
  private squares(x: number, y: number, width: number, height: number): [number, number, number, number] {
    const column = (at: number) => Math.min(this.columns, Math.max(0, at))
    const row = (at: number) => Math.min(this.rows, Math.max(0, at))
    const [west, north] = [column(Math.floor(x / SQUARE)), row(Math.floor(y / SQUARE))]
    return [west, Math.max(west, column(Math.ceil((x + width) / SQUARE))), north, Math.max(north, row(Math.ceil((y + height) / SQUARE)))]
  }
}
