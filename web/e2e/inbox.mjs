// A real SMTP server, to which the portal hands its mail.
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { SMTPServer } from 'smtp-server'

const triesAtMost = 100
const pause = 200

/** The mails that came, and where the portal hands them in. */
export class Inbox {
  #mails = []

  static async start() {
    const inbox = new Inbox()
    inbox.server = new SMTPServer({ authOptional: true, disabledCommands: ['STARTTLS', 'AUTH'], onData: (stream, session, done) => inbox.#take(stream, session, done) })
    inbox.server.listen(0, '127.0.0.1')
    await once(inbox.server.server, 'listening')
    return inbox
  }

  /** The setting that has the portal send here. */
  get url() {
    return `smtp://127.0.0.1:${this.server.server.address().port}?tls=none`
  }

  end() {
    return new Promise((resolve) => this.server.close(resolve))
  }

  async #take(stream, session, done) {
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    const raw = Buffer.concat(chunks).toString('utf8')
    const parts = raw.split(`--${raw.match(/boundary="?([^"\s;]+)/)[1]}`)
    const [text, html] = ['text/plain', 'text/html'].map((type) => body(parts.find((part) => part.includes(`Content-Type: ${type}`)) ?? ''))
    this.#mails.push({ to: session.envelope.rcptTo.map(({ address }) => address), text, html })
    done()
  }

  /** Waits for a mail to an address that says something, and gives it. Its text
   * and its HTML have the same words. */
  async mail(address, words) {
    for (let i = 0; i < triesAtMost; i++) {
      const mail = this.#mails.findLast(({ to, text }) => to.includes(address) && text.includes(words))
      if (mail) {
        assert.deepEqual(plain(mail.html), plain(mail.text), 'text and HTML differ')
        return mail
      }
      await sleep(pause)
    }
    assert.fail(`no mail to ${address} says ${words}; there are:\n${this.#mails.map(({ to, text }) => `${to}: ${text}`).join('\n')}`)
  }

  /** The path of the link in such a mail. */
  async link(address, words) {
    const { text } = await this.mail(address, words)
    return new URL(text.match(/http:\S+/)[0]).pathname
  }
}

/** A part's words: mail writes them as quoted-printable. */
function body(part) {
  const coded = part.slice(part.indexOf('\r\n\r\n') + 4).replace(/=\r\n/g, '')
  return Buffer.from(coded.replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1').toString('utf8')
}

const entities = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#34': '"' }

/** The words of a text or of HTML, without what marks them up. */
const plain = (text) =>
  text.replace(/<title>.*?<\/title>/s, '').replace(/<[^>]+>/g, ' ').replace(/&(amp|lt|gt|quot|#39|#34);/g, (_, name) => entities[name])
    .replace(/^(\* |-+$)/gm, '').split(/\s+/).filter(Boolean)
