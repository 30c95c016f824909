/** The ground: land and sea from the coasts, light and shade from the relief, and the lines upon it. */

import * as THREE from 'three'
import type { Battle } from './battle'
import type { GroundMap } from './decode'
import type { Frame, Relief, Vec3 } from './geo'
import type { Line } from './ribbons'

export interface Palette {
  sky: string
  sea: string
  land: string
  high: string
  coast: string
  border: string
  grid: string
  shade: number
}

export const PALETTES: Record<'dark' | 'light', Palette> = {
  dark: { sky: '#0a121c', sea: '#0d1b2c', land: '#27343d', high: '#5b5f58', coast: '#5f8fa8', border: '#b3925a', grid: '#35506a', shade: 1 },
  light: { sky: '#dfe9f2', sea: '#bcd5e8', land: '#e6e2d3', high: '#b9ab8f', coast: '#3f6c86', border: '#8a6327', grid: '#8fa9bf', shade: 0.7 },
}

/** Longest side of the picture of the ground, pixels. */
const PICTURE = 2048

/** Light from the north-west, as maps have it. */
const LIGHT: Vec3 = [-0.55, 0.55, 0.63]

/** The surface with its picture. */
export function ground(battle: Battle, factor: number, palette: Palette): THREE.Mesh {
  const { frame, relief, page } = battle
  const texture = new THREE.CanvasTexture(picture(page.map, relief, palette))
  texture.colorSpace = THREE.SRGBColorSpace
  texture.anisotropy = 8
  const mesh = new THREE.Mesh(surface(page.map, frame, relief, factor), new THREE.MeshBasicMaterial({ map: texture }))
  mesh.frustumCulled = false
  return mesh
}

function surface(map: GroundMap, frame: Frame, relief: Relief, factor: number): THREE.BufferGeometry {
  const stride = Math.max(1, Math.ceil(Math.max(map.rows, map.columns) / 200))
  const posts = (count: number) => [...Array(Math.ceil((count - 1) / stride) + 1).keys()].map((index) => Math.min(index * stride, count - 1))
  const [rows, columns] = [posts(map.rows), posts(map.columns)]
  const positions: number[] = []
  const uv: number[] = []
  for (const row of rows) {
    for (const column of columns) {
      const [v, u] = [row / (map.rows - 1), column / (map.columns - 1)]
      const lat = map.south_deg + (map.north_deg - map.south_deg) * v
      const lon = map.west_deg + (map.east_deg - map.west_deg) * u
      positions.push(...frame.at(lat, lon, relief.post(row, column), factor))
      uv.push(u, v)
    }
  }
  const index: number[] = []
  const wide = columns.length
  for (let r = 0; r + 1 < rows.length; r++) {
    for (let c = 0; c + 1 < wide; c++) {
      const at = r * wide + c
      index.push(at, at + 1, at + wide, at + wide, at + 1, at + wide + 1)
    }
  }
  const geometry = new THREE.BufferGeometry()
  geometry.setAttribute('position', new THREE.Float32BufferAttribute(positions, 3))
  geometry.setAttribute('uv', new THREE.Float32BufferAttribute(uv, 2))
  geometry.setIndex(index)
  return geometry
}

function picture(map: GroundMap, relief: Relief, palette: Palette): HTMLCanvasElement {
  const wide = (map.east_deg - map.west_deg) * Math.cos(((map.south_deg + map.north_deg) / 2) * (Math.PI / 180))
  const high = map.north_deg - map.south_deg
  const scale = PICTURE / Math.max(wide, high)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(2, Math.round(wide * scale))
  canvas.height = Math.max(2, Math.round(high * scale))
  const pen = canvas.getContext('2d')!
  pen.fillStyle = palette.sea
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.beginPath()
  for (const ring of map.land) {
    ring.forEach(([lon, lat], index) => {
      const x = ((lon - map.west_deg) / (map.east_deg - map.west_deg)) * canvas.width
      const y = ((map.north_deg - lat) / (map.north_deg - map.south_deg)) * canvas.height
      if (index === 0) pen.moveTo(x, y)
      else pen.lineTo(x, y)
    })
    pen.closePath()
  }
  pen.clip('evenodd')
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(shaded(map, relief, palette), 0, 0, canvas.width, canvas.height)
  return canvas
}

/** Land coloured by height and lit from the north-west, a pixel for each post. */
function shaded(map: GroundMap, relief: Relief, palette: Palette): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = map.columns
  canvas.height = map.rows
  const pen = canvas.getContext('2d')!
  const image = pen.createImageData(map.columns, map.rows)
  const [low, high] = [rgb(palette.land), rgb(palette.high)]
  const postM = ((map.north_deg - map.south_deg) / (map.rows - 1)) * 111_200
  for (let row = 0; row < map.rows; row++) {
    for (let column = 0; column < map.columns; column++) {
      const east = (relief.post(row, Math.min(column + 1, map.columns - 1)) - relief.post(row, Math.max(column - 1, 0))) / (2 * postM)
      const north = (relief.post(Math.min(row + 1, map.rows - 1), column) - relief.post(Math.max(row - 1, 0), column)) / (2 * postM)
      const [x, y] = [-east * 7, -north * 7]
      const lit = (x * LIGHT[0] + y * LIGHT[1] + LIGHT[2]) / Math.hypot(x, y, 1) / LIGHT[2]
      const bright = 1 + (Math.min(1.6, Math.max(0.35, lit)) - 1) * palette.shade
      const share = Math.min(1, Math.max(0, relief.post(row, column) / 2600))
      const at = ((map.rows - 1 - row) * map.columns + column) * 4
      for (let part = 0; part < 3; part++) image.data[at + part] = (low[part]! + (high[part]! - low[part]!) * share) * bright
      image.data[at + 3] = 255
    }
  }
  pen.putImageData(image, 0, 0)
  return canvas
}

function rgb(colour: string): [number, number, number] {
  const part = (at: number) => parseInt(colour.slice(at, at + 2), 16)
  return [part(1), part(3), part(5)]
}

/** Coasts, borders and the grid of degrees, a little above the ground. */
export function mapLines(battle: Battle, factor: number, palette: Palette, borders: boolean): Line[] {
  const { frame, relief, page } = battle
  const onGround = ([lon, lat]: readonly [number, number]): Vec3 => frame.at(lat, lon, Math.max(0, relief.metres(lat, lon)) + 60, factor)
  const drawn = (lines: [number, number][][], colour: string): Line[] =>
    lines.map((line) => ({ points: densified(line).map(onGround), colour }))
  return [
    ...drawn(graticule(page.map), palette.grid),
    ...drawn(page.map.coasts, palette.coast),
    ...(borders ? drawn(page.map.borders, palette.border) : []),
  ]
}

/** Points at most a twentieth of a degree apart, so that a line follows the ground. */
export function densified(line: readonly [number, number][]): [number, number][] {
  const out: [number, number][] = []
  line.forEach((to, index) => {
    const from = line[index - 1]
    if (from) {
      const steps = Math.min(400, Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) / 0.05))
      for (let step = 1; step < steps; step++) {
        out.push([from[0] + ((to[0] - from[0]) * step) / steps, from[1] + ((to[1] - from[1]) * step) / steps])
      }
    }
    out.push([to[0], to[1]])
  })
  return out
}

function graticule(map: GroundMap): [number, number][][] {
  const wide = Math.max(map.east_deg - map.west_deg, map.north_deg - map.south_deg)
  const step = [0.25, 0.5, 1, 2, 5, 10, 20].find((size) => wide / size <= 9) ?? 30
  const multiples = (from: number, to: number) => {
    const out: number[] = []
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) out.push(at)
    return out
  }
  return [
    ...multiples(map.west_deg, map.east_deg).map((lon): [number, number][] => [[lon, map.south_deg], [lon, map.north_deg]]),
    ...multiples(map.south_deg, map.north_deg).map((lat): [number, number][] => [[map.west_deg, lat], [map.east_deg, lat]]),
  ]
}
