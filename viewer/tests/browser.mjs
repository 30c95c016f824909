// A replay in headless Chromium, from a file and without a network: `node tests/browser.mjs REPLAY.html PICTURES`.

import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { deflateSync, inflateSync } from 'node:zlib'
import { chromium } from 'playwright-core'

const [replay, pictures] = process.argv.slice(2).map((path) => resolve(path))
const FLAGS =
  '--no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync ' +
  '--use-gl=angle --use-angle=swiftshader --enable-unsafe-swiftshader'
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

mkdirSync(pictures, { recursive: true })
const profile = mkdtempSync(join(tmpdir(), 'redan-browser-'))
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  headless: true,
  viewport: { width: 1440, height: 900 },
  args: FLAGS.split(' '),
})
const complaints = []
const asked = []
context.on('request', (request) => {
  if (!/^(file|data|blob|chrome|about):/.test(request.url())) asked.push(request.url())
})

async function open(path, hash = '') {
  const page = await context.newPage()
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${pathToFileURL(path)}?q=low${hash}`)
  return page
}

/** Waits until the picture of the present state has been drawn. */
async function settled(page) {
  await page.waitForFunction(() => window.redan?.stage.lastMs > 0)
  const frames = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
  await frames()
  await frames()
}

async function colours(page) {
  return page.evaluate(async () => {
    const picture = await createImageBitmap(await window.redan.stage.png())
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height })
    const pen = canvas.getContext('2d')
    pen.drawImage(picture, 0, 0)
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height)
    const seen = new Set()
    for (let at = 0; at < data.length; at += 4) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2])
    return seen.size
  })
}

async function picture(page, name) {
  await settled(page)
  await page.screenshot({ path: join(pictures, `${name}.png`) })
}

/** Whatever axe finds against the page as it stands. */
async function violations(page) {
  await page.evaluate(AXE)
  const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }))
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(' ')).join(', ')}`)
}

/** Selects by name, whether it is there at the moment or not. */
async function choose(page, name) {
  await page.getByLabel('Search').fill(name)
  await page.locator('.list .row', { hasText: name }).first().click()
  await page.getByLabel('Search').fill('')
}

const now = (page) => page.evaluate(() => window.redan.player.now)

const tests = {
  async 'opens from a file and shows the battle'(page) {
    await settled(page)
    assert.equal(await page.title(), 'First look: one battalion against twelve – simulation')
    assert.ok((await colours(page)) > 200, 'the picture is blank')
    assert.match(await page.textContent('.simulation'), /SIMULATION/)
    await picture(page, 'first-look')
  },

  async 'seeks with slider and keys'(page) {
    await page.getByRole('slider', { name: 'Time' }).fill('660000')
    assert.equal(await now(page), 660_000)
    assert.equal(await page.textContent('.clock'), '04:11:00Z')
    await page.locator('body').press('ArrowRight')
    assert.equal(await now(page), 665_000)
    await page.locator('body').press('Shift+ArrowLeft')
    assert.equal(await now(page), 605_000)
    await page.locator('body').press('n')
    const there = await now(page)
    assert.ok(there > 605_000)
    await page.locator('body').press('p')
    assert.ok((await now(page)) < there)
  },

  async 'plays, pauses and runs backwards'(page) {
    await page.getByLabel('Speed', { exact: true }).selectOption('60')
    const before = await now(page)
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction((at) => window.redan.player.now > at, before)
    await page.getByRole('button', { name: 'Pause' }).click()
    const paused = await now(page)
    await settled(page)
    assert.equal(await now(page), paused)
    await page.getByLabel('Speed', { exact: true }).selectOption('-20')
    await page.getByRole('button', { name: 'Play' }).click()
    await page.waitForFunction((at) => window.redan.player.now < at, paused)
    await page.getByRole('button', { name: 'Pause' }).click()
  },

  async 'selects, and tells the causal chain and why not'(page) {
    await page.getByRole('slider', { name: 'Time' }).fill('480000')
    await choose(page, 'high-1')
    assert.equal(await page.getByTestId('selected-name').textContent(), 'high-1')
    const told = await page.textContent('.selected')
    for (const word of ['destroyed', 'started track', 'ordered', 'launched missile', 'kill']) assert.ok(told.includes(word), word)
    assert.ok((await page.locator('.story').count()) >= 3, 'chain, engagements and radars')
    const line = page.locator('.chain .time').nth(3)
    await line.click()
    assert.notEqual(await now(page), 480_000)
    await page.getByRole('slider', { name: 'Time' }).fill('480000')
    await picture(page, 'selected')
    await choose(page, 'stray')
    const why = await page.textContent('.selected')
    assert.match(why, /horizon|relief|hidden|never|below/i, 'why nothing was fired at it')
    await page.locator('body').press('Escape')
  },

  async 'a press on the picture selects what is there'(page) {
    const [x, y, name] = await page.evaluate(() => {
      const { seen } = window.redan.stage
      const box = document.querySelector('.over').getBoundingClientRect()
      const isInside = (each) => each.x > 60 && each.y > 80 && each.x < box.width - 60 && each.y < box.height - 60
      const isAlone = (each) => seen.every((other) => other === each || Math.hypot(other.x - each.x, other.y - each.y) > 30)
      const each = seen.find((one) => !one.entity.isFixed && isInside(one) && isAlone(one))
      return [box.left + each.x, box.top + each.y, each.entity.thing.name]
    })
    await page.mouse.click(x, y)
    assert.equal(await page.getByTestId('selected-name').textContent(), name)
  },

  async 'searches and filters'(page) {
    const rows = page.locator('.list .row')
    const all = await rows.count()
    await page.getByLabel('hostile').uncheck()
    assert.ok((await rows.count()) < all)
    await page.getByLabel('hostile').check()
    assert.equal(await rows.count(), all)
    await page.locator('body').press('/')
    await page.keyboard.type('airliner')
    assert.equal(await rows.count(), 4)
    await page.getByLabel('Search').fill('no such thing')
    assert.match(await page.textContent('.list'), /Nothing matches/)
    await page.getByLabel('Search').fill('')
  },

  async 'shows what a network believed, without names of truth'(page) {
    await page.getByLabel('Whose view').selectOption('1')
    await page.getByRole('slider', { name: 'Time' }).fill('1470000')
    const list = await page.textContent('.list')
    assert.match(list, /track \d+/)
    assert.doesNotMatch(list, /high-1|low-1|stray|airliner/)
    await picture(page, 'network')
    await page.getByLabel('Whose view').selectOption('0')
  },

  async 'lanes, chart, light and help'(page) {
    await page.getByRole('button', { name: 'Lanes' }).click()
    assert.ok((await page.locator('.lane').count()) >= 10)
    await picture(page, 'lanes')
    await page.getByRole('button', { name: 'Chart' }).click()
    await page.locator('.uplot canvas').waitFor()
    await page.evaluate(() => (window.redan.player.theme = 'light'))
    await picture(page, 'light')
    assert.deepEqual(await violations(page), [])
    await page.evaluate(() => (window.redan.player.theme = 'dark'))
    await page.getByRole('button', { name: 'Chart' }).click()
    await page.locator('body').press('?')
    await page.getByRole('dialog').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Close' }).click()
  },

  async 'cameras, measuring, bookmarks and saving'(page) {
    await page.getByRole('slider', { name: 'Time' }).fill('480000')
    await page.getByRole('button', { name: 'Overhead' }).click()
    await picture(page, 'overhead')
    assert.ok((await page.evaluate(() => window.redan.stage.seen.length)) > 8, 'symbols are where the ground is')
    await page.getByRole('button', { name: 'Measure' }).click()
    const box = await page.locator('.over').boundingBox()
    await page.mouse.click(box.x + box.width * 0.4, box.y + box.height * 0.5)
    await page.mouse.click(box.x + box.width * 0.6, box.y + box.height * 0.5)
    assert.equal(await page.evaluate(() => window.redan.player.measured.length), 2)
    await picture(page, 'measured')
    await page.locator('body').press('b')
    assert.equal(await page.locator('.plain .link').count(), 1)
    for (const [button, name] of [['PNG', 'redan.png'], ['CSV', 'redan.csv']]) {
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()])
      assert.equal(file.suggestedFilename(), name)
      assert.ok(readFileSync(await file.path()).length > 200)
    }
    await page.getByRole('button', { name: 'Whole' }).click()
  },

  async 'axe finds nothing'(page) {
    await choose(page, 'low-1')
    assert.deepEqual(await violations(page), [])
  },

  async 'the address carries the state'() {
    const page = await open(replay, '#t=1200&view=0&select=low-2')
    await settled(page)
    assert.equal(await now(page), 1_200_000)
    assert.equal(await page.getByTestId('selected-name').textContent(), 'low-2')
    await page.close()
  },

  async 'the context is not lost'(page) {
    assert.equal(await page.evaluate(() => window.redan.stage.renderer.getContext().isContextLost()), false)
  },
}

/** A page with many things in the air. */
function crowd() {
  const html = readFileSync(replay, 'utf8')
  const packed = /id="packed">([^<]*)</.exec(html)[1]
  const data = JSON.parse(inflateSync(Buffer.from(packed, 'base64')))
  const [truth] = data.recording.views
  const things = truth.things.filter((thing) => thing.place)
  const way = (index, steps) => [
    [0, ...Array(steps).fill(6000)],
    [3_900_000 + (index % 25) * 12_000, ...Array(steps).fill(90)],
    [3_150_000 + Math.floor(index / 25) * 12_000, ...Array(steps).fill(120)],
    [3000 + (index % 7) * 1000, ...Array(steps).fill(1)],
  ]
  for (let index = 0; index < 500; index++) things.push({ kind: 'aircraft', name: `raid-${index}`, standing: 'hostile', way: way(index, 300) })
  for (let index = 0; index < 80; index++) things.push({ kind: 'missile', name: `missile ${index}`, standing: 'friendly', target: things.length - 400, way: way(index * 6, 300) })
  Object.assign(truth, { things, acts: [], engagements: [] })
  data.recording.views = [truth]
  const path = join(pictures, 'crowd.html')
  writeFileSync(path, html.replace(packed, deflateSync(JSON.stringify(data)).toString('base64')))
  return path
}

async function scriptMs() {
  const page = await open(crowd())
  await settled(page)
  const times = await page.evaluate(async () => {
    const { player, stage } = window.redan
    const times = []
    for (let frame = 0; frame < 80; frame++) {
      player.seek(60_000 + frame * 300)
      stage.draw()
      times.push(stage.lastMs)
      await new Promise((done) => requestAnimationFrame(done))
    }
    return times.slice(20).sort((a, b) => a - b)
  })
  await picture(page, 'crowd')
  await page.close()
  return times[Math.floor(times.length / 2)]
}

let failed = 0
const main = await open(replay)
for (const [name, test] of Object.entries(tests)) {
  try {
    await test(main)
    console.log(`ok      ${name}`)
  } catch (error) {
    failed += 1
    console.log(`FAILED  ${name}\n${error.stack}`)
  }
}
const ms = await scriptMs()
await context.close()
rmSync(profile, { recursive: true, force: true })
for (const each of [...complaints.map((text) => `the console says: ${text}`), ...asked.map((url) => `the page asked for ${url}`)]) {
  failed += 1
  console.log(`FAILED  ${each}`)
}
console.log(`${Object.keys(tests).length} browser tests, ${failed} failed; 500 aircraft and 80 missiles: ${ms.toFixed(1)} ms of script a frame`)
process.exitCode = failed > 0 ? 1 : 0
