/** East, north and up of places as seen from the middle of the map, kilometres; the Earth curves away. */

import type { GroundMap } from './decode'

const SEMI_MAJOR_KM = 6378.137
const FLATTENING = 1 / 298.257223563
const ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)
const RAD = Math.PI / 180

export type Vec3 = [number, number, number]

function ecef(latDeg: number, lonDeg: number, heightKm: number): Vec3 {
  const [lat, lon] = [latDeg * RAD, lonDeg * RAD]
  const sin = Math.sin(lat)
  const n = SEMI_MAJOR_KM / Math.sqrt(1 - ECCENTRICITY_2 * sin * sin)
  const across = (n + heightKm) * Math.cos(lat)
  return [across * Math.cos(lon), across * Math.sin(lon), (n * (1 - ECCENTRICITY_2) + heightKm) * sin]
}

/** Local frame of the middle of the map. Heights are drawn larger by a factor. */
export class Frame {
  readonly latDeg: number
  readonly lonDeg: number
  private readonly origin: Vec3
  private readonly axes: [Vec3, Vec3, Vec3]

  constructor(map: GroundMap) {
    this.latDeg = 0.5 * (map.south_deg + map.north_deg)
    this.lonDeg = 0.5 * (map.west_deg + map.east_deg)
    this.origin = ecef(this.latDeg, this.lonDeg, 0)
    const [lat, lon] = [this.latDeg * RAD, this.lonDeg * RAD]
    const [sinLat, cosLat, sinLon, cosLon] = [Math.sin(lat), Math.cos(lat), Math.sin(lon), Math.cos(lon)]
    this.axes = [
      [-sinLon, cosLon, 0],
      [-sinLat * cosLon, -sinLat * sinLon, cosLat],
      [cosLat * cosLon, cosLat * sinLon, sinLat],
    ]
  }

  /** Place in three.js axes: x east, y up, z south. The ground keeps its curve, heights grow by `factor`. */
  at(latDeg: number, lonDeg: number, heightM: number, factor: number): Vec3 {
    const place = ecef(latDeg, lonDeg, 0)
    const away: Vec3 = [place[0] - this.origin[0], place[1] - this.origin[1], place[2] - this.origin[2]]
    const [east, north, up] = this.axes.map((axis) => axis[0] * away[0] + axis[1] * away[1] + axis[2] * away[2]) as Vec3
    return [east, up + (heightM / 1000) * factor, -north]
  }
}

/** Distance over ground (metres) and course (degrees) from one place to another, on the sphere. */
export function course(from: readonly [number, number], to: readonly [number, number]): { metres: number; deg: number } {
  const [lat1, lat2, turn] = [from[0] * RAD, to[0] * RAD, (to[1] - from[1]) * RAD]
  const h = Math.sin((lat2 - lat1) / 2) ** 2 + Math.cos(lat1) * Math.cos(lat2) * Math.sin(turn / 2) ** 2
  const east = Math.sin(turn) * Math.cos(lat2)
  const north = Math.cos(lat1) * Math.sin(lat2) - Math.sin(lat1) * Math.cos(lat2) * Math.cos(turn)
  return { metres: 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(h))), deg: (Math.atan2(east, north) / RAD + 360) % 360 }
}

/** Place at a course and a distance, on the sphere. */
export function ahead(from: readonly [number, number], deg: number, metres: number): [number, number] {
  const [lat, lon, arc, turn] = [from[0] * RAD, from[1] * RAD, metres / 6371008.8, deg * RAD]
  const sin = Math.sin(lat) * Math.cos(arc) + Math.cos(lat) * Math.sin(arc) * Math.cos(turn)
  const east = Math.sin(turn) * Math.sin(arc) * Math.cos(lat)
  return [Math.asin(sin) / RAD, (lon + Math.atan2(east, Math.cos(arc) - Math.sin(lat) * sin)) / RAD]
}

/** Heights of the ground, with anything between posts interpolated. */
export class Relief {
  private readonly heights: Float32Array

  constructor(readonly map: GroundMap) {
    this.heights = new Float32Array(map.rows * map.columns)
    let height = 0
    map.heights_m.forEach((rise, index) => {
      height += rise
      this.heights[index] = height
    })
  }

  get isFlat(): boolean {
    return this.map.heights_m.length === 0
  }

  post(row: number, column: number): number {
    return this.heights[row * this.map.columns + column] ?? 0
  }

  metres(latDeg: number, lonDeg: number): number {
    const { map } = this
    const row = ((latDeg - map.south_deg) / (map.north_deg - map.south_deg)) * (map.rows - 1)
    const column = ((lonDeg - map.west_deg) / (map.east_deg - map.west_deg)) * (map.columns - 1)
    if (!(row >= 0 && column >= 0 && row <= map.rows - 1 && column <= map.columns - 1)) return 0
    const [r, c] = [Math.min(Math.floor(row), map.rows - 2), Math.min(Math.floor(column), map.columns - 2)]
    const [up, right] = [row - r, column - c]
    const below = this.post(r, c) * (1 - right) + this.post(r, c + 1) * right
    const above = this.post(r + 1, c) * (1 - right) + this.post(r + 1, c + 1) * right
    return below * (1 - up) + above * up
  }
}
