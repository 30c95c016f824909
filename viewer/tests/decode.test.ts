import { deflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { Battle, affiliation } from '../src/battle'
import { type Page, sums, unpack } from '../src/decode'
import { cell } from '../src/files'
import { Frame, Relief, ahead, course } from '../src/geo'
import { Room } from '../src/room'
import { series } from '../src/series'
import { milliseconds, parts } from '../src/story'

function page(): Page {
  const thing = (name: string, kind: string, way: [number[], number[], number[], number[]], more = {}) => ({ name, kind, standing: 'hostile', way, ...more })
  return {
    recording: {
      schema_version: 1, title: 'Test', question: '', variant: '', seed: 1, replication: 0,
      start_utc: '2026-05-12T04:00:00Z', until_ms: 100_000, stories: [{ aircraft: 'raid', text: 'raid leaked\n\nHow it came about\n  01:10    #2  raid appeared' }],
      views: [{
        name: 'truth',
        things: [
          thing('site', 'unit', [[], [], [], []], { standing: 'friendly', place: [4_000_000, 3_200_000, 800] }),
          thing('raid', 'aircraft', [[10_000, 10_000, 20_000], [4_100_000, 1_000, 2_000], [3_200_000, 0, 0], [5_000, 0, 100]], { left_ms: 60_000 }),
        ],
        acts: [
          { at_ms: 10_000, thing: 1, what: 'says', note: 'appeared' },
          { at_ms: 30_000, thing: 1, what: 'suspect', note: 'judged suspect' },
          { at_ms: 60_000, thing: 1, what: 'leaks', note: 'reached its target' },
        ],
        engagements: [], reaches: [],
      }],
    },
    map: { south_deg: 39, west_deg: 31, north_deg: 41, east_deg: 33, rows: 3, columns: 3, heights_m: [0, 100, 100, -200, 0, 100, 0, 0, 50], land: [], coasts: [], borders: [] },
  }
}

describe('the data of the page', () => {
  it('comes back as it was packed', async () => {
    const letters = deflateSync(JSON.stringify(page())).toString('base64')
    expect(await unpack(` ${letters}\n`)).toEqual(page())
  })

  it('is refused when there is none, or of another form', async () => {
    await expect(unpack('REDAN-RECORDING')).rejects.toThrow('redan view')
    const other = page()
    other.recording.schema_version = 9
    await expect(unpack(deflateSync(JSON.stringify(other)).toString('base64'))).rejects.toThrow('form 1, not 9')
    await expect(unpack('not base64!')).rejects.toThrow()
  })

  it('gives values from differences', () => {
    expect([...sums([5, -2, 0, 4])]).toEqual([5, 3, 3, 7])
  })
})

describe('a battle', () => {
  const battle = new Battle(page())
  const [site, raid] = battle.scenes[0]!.entities

  it('knows where things are between two places, and how they move', () => {
    const fix = raid!.fix(15_000)!
    expect(fix.latDeg).toBeCloseTo(41.005, 9)
    // A hundredth of a degree of latitude in ten seconds.
    expect(fix.speedMS).toBeCloseTo(111.19, 0)
    expect(fix.courseDeg).toBeCloseTo(0, 6)
    expect(raid!.fix(40_000)!.heightM).toBe(5_100)
    expect(site!.fix(0)!.heightM).toBe(800)
  })

  it('knows when they are not there', () => {
    expect(raid!.fix(9_999)).toBeNull()
    expect(raid!.fix(60_001)).toBeNull()
    expect(site!.isThere(99_000)).toBe(true)
  })

  it('finds the place by halving as it would one by one', () => {
    for (let at = 0; at < 70_000; at += 500) {
      const plain = [...raid!.t].filter((time) => time <= at).length - 1
      expect(raid!.index(at)).toBe(plain)
    }
  })

  it('changes the standing with the judgement', () => {
    expect(raid!.standing(29_999)).toBe('hostile')
    expect(raid!.standing(30_000)).toBe('suspect')
    expect(affiliation('assumed-friend')).toBe('friend')
    expect(affiliation('pending')).toBe('unknown')
  })

  it('counts what is there for the chart', () => {
    const { times, hostile } = series(battle.scenes[0]!, battle.until)
    expect(hostile[times.findIndex((second) => second >= 20)]).toBe(1)
    expect(hostile.at(-1)).toBe(0)
  })

  it('tells the clock and the time since the start', () => {
    expect(battle.clock(61_000)).toBe('04:01:01Z')
    expect(battle.elapsed(61_000)).toBe('01:01')
  })
})

describe('the ground', () => {
  it('is interpolated between posts and sea outside', () => {
    const relief = new Relief(page().map)
    expect(relief.metres(39, 32)).toBe(100)
    expect(relief.metres(39, 32.5)).toBe(150)
    expect(relief.metres(50, 32)).toBe(0)
  })

  it('has the middle of the map as its origin, and curves away', () => {
    const frame = new Frame(page().map)
    const [x, y, z] = frame.at(40, 32, 1000, 5)
    expect([x, y, z].map((part) => Math.round(part * 1e6) / 1e6 + 0)).toEqual([0, 5, 0])
    const far = frame.at(41, 32, 0, 1)
    expect(far[2]).toBeCloseTo(-111.03, 1)
    // d² / 2R at 111 km.
    expect(far[1]).toBeCloseTo(-0.97, 1)
  })

  it('measures what it lays off', () => {
    const leg = course([40, 32], ahead([40, 32], 123, 45_000))
    expect(leg.metres).toBeCloseTo(45_000, 3)
    expect(leg.deg).toBeCloseTo(123, 6)
  })
})

describe('an explanation', () => {
  it('falls into parts whose lines have times', () => {
    const [first] = parts(page().recording.stories[0]!.text)
    expect(first!.title).toBe('raid leaked')
    expect(first!.lines).toEqual([{ time: '01:10', at_ms: 70_000, text: 'raid appeared' }])
    expect(milliseconds('1:02:03')).toBe(3_723_000)
  })
})

describe('the room for labels', () => {
  it('knows what is taken, and nothing beyond the canvas', () => {
    const room = new Room(100, 60)
    expect(room.isFree(10, 10, 30, 14)).toBe(true)
    room.take(10, 10, 30, 14)
    expect(room.isFree(30, 20, 30, 14)).toBe(false)
    expect(room.isFree(50, 10, 30, 14)).toBe(true)
    room.take(-50, -50, 20, 20)
    room.take(500, 500, 20, 20)
    expect(room.isFree(50, 30, 50, 30)).toBe(true)
  })
})

describe('a saved table', () => {
  it('quotes what must be quoted and defuses formulas', () => {
    expect(cell('a,"b"')).toBe('"a,""b"""')
    expect(cell('=1+1')).toBe("'=1+1")
    expect(cell('-12.5')).toBe('-12.5')
  })
})
