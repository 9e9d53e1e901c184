// A portal with a lead who is signed in in two windows, one with JavaScript and
// one without, for journeys by keyboard alone.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { startBrowser } from './browser.mjs'
import { assertNoTrap, follow, press, type } from './keyboard.mjs'
import { keepPages } from './look.mjs'
import { setUpByHand } from './phone.mjs'
import { Portal } from './portal.mjs'
import { password } from './states.mjs'

const email = 'ada@example.nhs.uk'

export const how = (scripts) => (scripts ? 'with JavaScript' : 'without JavaScript')
export const path = (page) => new URL(page.url()).pathname
export const main = (page) => page.locator('main').innerText()

/** The address of an invented person. */
export const address = (name) => `${name.toLowerCase().replaceAll(' ', '.')}@example.org`

/** The timeline of a page, the newest first, on one line. */
export const timeline = async (page) => (await page.locator('.app-timeline').last().innerText()).replace(/\s+/g, ' ')

/** Finds somebody in the queue, and gives the reference of their case. */
export async function find(page, name) {
  await follow(page, 'Expressions of interest')
  await type(page, 'text', name)
  await press(page, 'Search')
  const rows = page.locator('.app-queue tbody tr')
  assert.equal(await rows.count(), 1, `${name} in ${await main(page)}`)
  return rows.getByRole('link').first().innerText()
}

/** Opens the case of somebody, and gives its reference. */
export async function open(page, name) {
  const reference = await find(page, name)
  await follow(page, reference)
  assert.ok((await page.locator('h1').innerText()).includes(name))
  return reference
}

export class Leads {
  #known = new Map()

  /** Starts a portal, whose lead Ada signs in in both windows. */
  async start(settings = {}) {
    this.portal = await Portal.start(settings)
    this.browser = await startBrowser()
    this.windows = { true: await this.window(true), false: await this.window(false) }
    const { true: scripted, false: plain } = this.windows
    await plain.goto(this.portal.link)
    await type(plain, 'name', 'Ada Lead')
    await type(plain, 'email', email)
    await type(plain, 'password', password)
    await plain.keyboard.press('Enter')
    this.phone = await setUpByHand(plain)
    await plain.waitForURL('**/admin')
    await scripted.goto('/admin/sign-in')
    // By a recovery code: codes of the phone come one in half a minute.
    await type(scripted, 'email', email)
    await type(scripted, 'password', password)
    await press(scripted, 'Sign in')
    await follow(scripted, 'Use a recovery code instead')
    await type(scripted, 'recovery', this.phone.recovery())
    await press(scripted, 'Continue')
    await scripted.waitForURL('**/admin')
  }

  /** A window of a browser of its own, with scripts or without. */
  async window(scripts, width = 1280) {
    const context = await this.browser.newContext({ baseURL: this.portal.base, javaScriptEnabled: scripts, viewport: { width, height: 900 } })
    keepPages(context)
    const page = await context.newPage()
    page.setDefaultTimeout(15_000)
    return page
  }

  /** The window with scripts or without, on the staff area's first page: the one
   * address of a journey. */
  async begin(scripts) {
    const page = this.windows[scripts]
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.goto('/admin')
    return page
  }

  /** Looks once in each window whether Tab goes through a kind of page. */
  async see(page) {
    const kind = `${new URL(page.url()).pathname.replace(/\/[A-Z2-9]+-[A-Z2-9]+|\/[0-9a-f-]{36}/, '/…')} ${(await page.title()).startsWith('Error:')}`
    const known = this.#known.get(page) ?? new Set()
    if (known.has(kind)) return
    this.#known.set(page, known.add(kind))
    await assertNoTrap(page)
  }

  /** Brings cases in from a spreadsheet: its rows, the headings first. */
  async bringIn(rows) {
    const file = join(this.portal.dataDir, 'cases.csv')
    await writeFile(file, rows.map((cells) => cells.join(';')).join('\r\n'))
    this.portal.command('import', file)
  }

  /** Adds a colleague, who works on cases. */
  addColleague(name) {
    this.portal.command('staff', 'add', '--name', name, '--email', `${name.split(' ')[0].toLowerCase()}@example.nhs.uk`, '--role', 'reviewer')
  }

  async end() {
    await this.browser?.close()
    await this.portal?.end()
  }
}
