// Pictures of the main pages, on a phone and on a desk, from a portal of its
// own with a few invented cases, into docs/images.
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { startBrowser } from '../e2e/browser.mjs'
import { setUp } from '../e2e/phone.mjs'
import { Portal } from '../e2e/portal.mjs'
import { fillForm, password } from '../e2e/states.mjs'
import { trackLinkFor } from '../e2e/tracks.mjs'
import { Visitor, noProgramWaits } from '../e2e/visitor.mjs'

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const screens = { phone: { width: 375, height: 812 }, desk: { width: 1280, height: 900 } }

/** The invented returners: names, professions, and how far staff have moved them. */
const people = [
  { name: 'Ada Example', email: 'ada@example.org', profession: 'dietitians', number: 'DT12345', moves: ['in-review', 'contacted', 'finding-placement'] },
  { name: 'Ben Sample', email: 'ben@example.org', profession: 'paramedics', number: 'PA12345', moves: ['contacted'] },
  { name: 'Cara Invented', email: 'cara@example.org', profession: 'orthoptists', number: 'OR12345', moves: ['in-review'] },
  { name: 'Dev Placeholder', email: 'dev@example.org', profession: 'podiatrists', number: 'CH12345', moves: [] },
  { name: 'Zoë van der Wal', email: 'zoe@example.org', profession: 'physiotherapists', number: 'PH12345', moves: [] }
]

const portal = await Portal.start()
const browser = await startBrowser()
try {
  await mkdir(folder, { recursive: true })
  const begun = await Visitor.start(portal)
  await fillForm(begun, { situationAlone: true })
  const returner = await sendForms(portal)
  const [lead, reference] = await workCases(portal)
  const pages = [
    ['home', '/'],
    ['professions', '/professions'],
    ['profession', '/professions/radiographers'],
    ['return-to-practice', '/return-to-practice'],
    ['strategy', '/strategy/lth-ahp-workforce-strategy'],
    ['objectives', '/strategy/objectives'],
    ['tasks', '/apply/tasks', begun],
    ['check', '/apply/check', returner],
    ['track', await trackLinkFor(portal, 'ada@example.org')],
    ['cases', '/admin/expressions', lead],
    ['case', `/admin/expressions/${reference}`, lead]
  ]
  for (const [screen, viewport] of Object.entries(screens)) {
    for (const [name, path, as] of pages) await shoot(`${name}-${screen}`, path, viewport, as)
  }
  for (const one of [begun, returner, lead]) await one.end()
} finally {
  await browser.close()
  await portal.end()
}

/** Sends everybody's form; gives a returner who has filled in one and not sent it. */
async function sendForms(portal) {
  for (const { name, email, profession, number } of people) {
    const returner = await Visitor.start(portal)
    await fillForm(returner, {
      chosen: { profession: () => ({ profession }), name: () => ({ name }), email: () => ({ email }), 'register-number': () => ({ number }) }
    })
    await sleep(noProgramWaits)
    await returner.get('/apply/check')
    await returner.send('/apply/check', {})
    await returner.end()
  }
  const returner = await Visitor.start(portal)
  await fillForm(returner)
  return returner
}

/** Moves the cases as far as each is to be; gives the lead, and the case that moved most. */
async function workCases(portal) {
  const lead = await Visitor.start(portal)
  await lead.get(portal.link)
  await lead.send(portal.link, { name: 'Lena Lead', email: 'lena@example.nhs.uk', password })
  await setUp(lead)
  let first
  for (const { name, moves } of people) {
    await lead.get('/admin/expressions')
    const row = lead.body.split('<tr').find((text) => text.includes(name))
    const [, reference] = row.match(/\/admin\/expressions\/([A-Z0-9-]+)"/)
    first ??= reference
    for (const to of moves) {
      await lead.get(`/admin/expressions/${reference}`)
      await lead.send(`/admin/expressions/${reference}/move`, { to, note: '' })
    }
  }
  await lead.get(`/admin/expressions/${first}`)
  await lead.send(`/admin/expressions/${first}/note`, { note: 'Spoke on the phone. Mornings suit best.' })
  return [lead, first]
}

async function shoot(name, path, viewport, as) {
  const context = await browser.newContext({ baseURL: portal.base, viewport, storageState: await as?.http.storageState() })
  const page = await context.newPage()
  const response = await page.goto(path)
  if (response.status() !== 200 || new URL(page.url()).pathname !== path) throw new Error(`${path} answers ${response.status()} at ${page.url()}`)
  await page.screenshot({ path: `${folder}${name}.png` })
  await context.close()
}
