// The phone of a member of staff: an app for codes, and the recovery codes that
// they wrote down. With it tests sign in as people do, without waiting for the
// next code.
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { follow, press, type } from './keyboard.mjs'
import { password as usual } from './states.mjs'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const period = 30_000
const typedWithin = 10_000 // a code is sent, in milliseconds

/** The bytes of a key in base 32. */
function decode(key) {
  const bits = [...key.replace(/\s/g, '')].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)))
}

/** The code of a step, as RFC 4226 makes it. */
function codeOf(secret, step) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', secret).update(counter).digest()
  const at = hash[hash.length - 1] & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export class Phone {
  #secret
  #last = 0
  codes = []

  /** A phone that has taken the key of a page. */
  constructor(key) {
    this.#secret = decode(key)
  }

  /** A code that was not used: of this half minute, the one before or after, but
   * for the one before when it will be too old; nothing when all were. */
  code() {
    const now = Math.floor(Date.now() / period)
    const step = Math.max(this.#last + 1, Math.floor((Date.now() + typedWithin) / period) - 1)
    if (step > now + 1) return undefined
    this.#last = step
    return codeOf(this.#secret, step)
  }

  /** A code that was not used, as soon as there is one. */
  async nextCode() {
    for (;;) {
      const code = this.code()
      if (code) return code
      await sleep(1000)
    }
  }

  /** A recovery code that was not used. */
  recovery() {
    return this.codes.shift() ?? assert.fail('no recovery code is left')
  }
}

/** The text of the element of an id, in a page's source. */
const textOf = (body, id) => body.match(new RegExp(`id="${id}"[^>]*>([\\s\\S]*?)</(p|ul)>`))?.[1] ?? assert.fail(`no ${id} in ${body}`)

/** Keeps the recovery codes that a page shows. */
export function keepCodes(phone, body) {
  phone.codes = [...textOf(body, 'codes').matchAll(/<li>([^<]+)<\/li>/g)].map(([, code]) => code)
  assert.equal(phone.codes.length, 10)
}

/** Sets a visitor's second factor up, who has just set their password; with the
 * mistakes that can be made, where they are wanted. */
export async function setUp(visitor, mistaken = false) {
  const form = '/admin/set-up'
  assert.equal(visitor.path, form)
  if (mistaken) {
    await visitor.get(`${form}/code.png`)
    await visitor.get(form)
    await visitor.send(form, { code: '000000' }, 'with a wrong code')
    await visitor.send(`${form}/passkey`, { answer: '{}' }, 'that no browser made')
  }
  const phone = new Phone(textOf(visitor.body, 'key'))
  await visitor.send(form, { code: phone.code() }, 'with a code')
  keepCodes(phone, visitor.body)
  visitor.prove = () => visitor.send('/admin/confirm', { password: usual, code: phone.code() })
  await visitor.get('/admin')
  return phone
}

/** Signs a visitor in with their password and a code of their phone. */
export async function signIn(visitor, email, password, phone) {
  await visitor.get('/admin/sign-in')
  await visitor.send('/admin/sign-in', { email, password })
  assert.equal(visitor.path, '/admin/second-step')
  const code = phone.code()
  if (code) {
    await visitor.send('/admin/second-step', { code })
  } else {
    await visitor.get('/admin/second-step/recovery')
    await visitor.send('/admin/second-step/recovery', { recovery: phone.recovery() })
  }
}

/** Sets the second factor up in a browser, by keyboard; see is called with each page. */
export async function setUpByHand(page, see = async () => {}) {
  await page.waitForURL('**/admin/set-up')
  return takeApp(page, see)
}

/** Takes the app that a page sets up, and the recovery codes that come with it. */
export async function takeApp(page, see = async () => {}) {
  await see(page)
  const phone = new Phone(await page.locator('#key').innerText())
  await type(page, 'code', phone.code())
  await press(page, 'Continue')
  await see(page)
  phone.codes = (await page.locator('#codes').innerText()).trim().split('\n').map((code) => code.trim())
  await press(page, 'I have saved them')
  return phone
}

/** Signs in in a browser whose page is the sign-in page, by keyboard. */
export async function signInByHand(page, email, password, phone, see = async () => {}) {
  await type(page, 'email', email)
  await type(page, 'password', password)
  await press(page, 'Sign in')
  await page.waitForURL('**/admin/second-step')
  await see(page)
  const code = phone.code()
  if (code) {
    await type(page, 'code', code)
  } else {
    await follow(page, 'Use a recovery code instead')
    await type(page, 'recovery', phone.recovery())
  }
  await press(page, 'Continue')
}

/** Shows again who somebody is, on the page that asks them, by keyboard. */
export async function proveByHand(page, phone) {
  assert.equal(new URL(page.url()).pathname, '/admin/confirm')
  await type(page, 'password', usual)
  await type(page, 'code', await phone.nextCode())
  await press(page, 'Continue')
}
