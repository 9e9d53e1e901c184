// What the first visit of a profession page costs somebody on a phone: bytes
// over the wire, requests, and who is asked.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBrowser } from './browser.mjs'
import { Portal } from './portal.mjs'

const mostBytes = 60 * 1024
const mostRequests = 6

let browser, portal

before(async () => {
  portal = await Portal.start()
  browser = await startBrowser()
})

after(async () => {
  await browser?.close()
  await portal?.end()
})

/** Visits a page with nothing kept from before; gives each request's size. */
async function visit(path) {
  const context = await browser.newContext({ baseURL: portal.base, viewport: { width: 375, height: 812 } })
  const page = await context.newPage()
  const wire = await context.newCDPSession(page)
  await wire.send('Network.enable')
  const requests = new Map()
  wire.on('Network.requestWillBeSent', ({ requestId, request }) => requests.set(requestId, { url: request.url, bytes: 0 }))
  wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => (requests.get(requestId).bytes = encodedDataLength))
  await page.goto(path, { waitUntil: 'networkidle' })
  await context.close()
  return [...requests.values()]
}

test('the first visit of each profession page is light and asks no other host', async () => {
  const list = await browser.newPage()
  await list.goto(`${portal.base}/professions`)
  const paths = await list.locator('main a[href^="/professions/"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')))
  await list.close()
  assert.equal(paths.length, 14)
  let heaviest = { bytes: 0 }
  for (const path of paths) {
    const requests = await visit(path)
    const bytes = requests.reduce((sum, one) => sum + one.bytes, 0)
    assert.deepEqual(requests.filter(({ url }) => !url.startsWith(`${portal.base}/`)), [], `${path} asks another host`)
    assert.ok(requests.length <= mostRequests, `${path} makes ${requests.length} requests`)
    assert.ok(bytes > 0 && bytes <= mostBytes, `${path} weighs ${bytes} bytes`)
    if (bytes > heaviest.bytes) heaviest = { path, bytes, requests }
  }
  console.log(`# heaviest: ${heaviest.path}, ${heaviest.bytes} bytes in ${heaviest.requests.length} requests`)
  for (const { url, bytes } of heaviest.requests) console.log(`#   ${bytes} ${new URL(url).pathname}`)
})
