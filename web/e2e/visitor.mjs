// A visitor without a browser, who gets pages, sends forms and keeps what came
// back, so that a test can show each page again as often as it likes.
import assert from 'node:assert/strict'
import { request } from 'playwright-core'

/** Whoever sends a form sooner is taken for a program: in milliseconds. */
export const noProgramWaits = 3_200

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#34': '"', '#43': '+' }

/** Where staff prove again who they are. */
const confirm = '/admin/confirm'

/** Text as HTML writes it, read. */
export const unescape = (text) => text.replace(/&(amp|lt|gt|quot|#39|#34|#43);/g, (_, name) => entities[name])

/** The value of an attribute of a tag, or nothing. */
export const attribute = (tag, name) => unescape(tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1] ?? '')

/** What differs between two answers that show the same. */
const passing = [/name="(form_key|version)" value="[^"]*"/g, /value="[^"]*" name="(form_key|version)"/g, /give this code: \S+/g, /data-options="[^"]*"/g]

/** The pages that were seen, each once, and what was asked for. */
export class States {
  list = []
  /** Every request: its method, the path it came to, and the answer's status. */
  asked = []
  #known = new Set()

  keep({ label, url, status, headers, body }) {
    const key = passing.reduce((text, one) => text.replace(one, ''), `${new URL(url).pathname} ${status} ${body}`)
    if (this.#known.has(key)) return
    this.#known.add(key)
    this.list.push({ label: `${status} ${label}`, url, status, headers, body })
  }
}

/** Somebody who reads pages and sends forms, with a session of their own. */
export class Visitor {
  static async start(portal, states) {
    const visitor = new Visitor()
    visitor.portal = portal
    visitor.states = states
    visitor.http = await request.newContext({ baseURL: portal.base })
    return visitor
  }

  end() {
    return this.http.dispose()
  }

  /** Gets a page; who is asked again who they are, and can prove it, does. */
  async get(path, why = '') {
    await this.#take('GET', path, await this.http.get(path), why)
    if (this.prove && path !== confirm && this.path === confirm) await this.prove()
    return this
  }

  /** Sends the form of the last page that leads to a path, with what is hidden in it. */
  async send(action, fields, why = '') {
    return this.post(action, [...this.#hidden(action, fields), ...Object.entries(fields)], why)
  }

  /** Sends such a form with a file, or without one: its field, name, kind, and
   * text or bytes. */
  async sendFile(action, file, why = '') {
    const multipart = Object.fromEntries(this.#hidden(action, {}))
    if (file) multipart[file.field] = { name: file.name, mimeType: file.mimeType ?? 'text/csv', buffer: Buffer.from(file.content) }
    return this.#take('POST', action, await this.http.post(action, { multipart }), why)
  }

  /** What is hidden in the form of the last page that leads to a path. */
  #hidden(action, fields) {
    const form = [...this.body.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => text).find((text) => attribute(text.slice(0, text.indexOf('>')), 'action') === action)
    assert.ok(form, `${this.url} has no form for ${action}`)
    const hidden = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => [attribute(tag, 'name'), attribute(tag, 'value')])
    return hidden.filter(([name]) => !(name in fields))
  }

  /** Sends fields as they are. */
  async post(path, fields, why = '') {
    const data = new URLSearchParams(fields).toString()
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    return this.#take('POST', path, await this.http.post(path, { data, headers }), why)
  }

  /** The values that the last page offers under a name. */
  offered(name) {
    return [...this.body.matchAll(/<input[^>]*>/g)].map(([tag]) => tag).filter((tag) => attribute(tag, 'name') === name).map((tag) => attribute(tag, 'value'))
  }

  get path() {
    return new URL(this.url).pathname
  }

  async #take(method, path, response, why) {
    this.url = response.url()
    this.status = response.status()
    this.body = await response.text()
    const headers = response.headers()
    const asked = path.split('?')[0]
    const redirected = asked !== this.path
    this.states?.asked.push({ method, path: asked, status: redirected ? 303 : this.status })
    if (redirected) this.states?.asked.push({ method: 'GET', path: this.path, status: this.status })
    if (headers['content-type']?.startsWith('text/html')) {
      this.states?.keep({ label: `${method} ${path} ${why}`.trim(), url: this.url, status: this.status, headers, body: this.body })
    }
    return this
  }
}
