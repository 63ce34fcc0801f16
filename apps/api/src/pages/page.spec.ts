import { inflateSync } from 'node:zlib';
import { event as eventSchema, type Event } from '#libs/contract/programme';
import {
  eventRecord,
  roomRecord,
  sessionRow,
  speakerRecord,
} from '../../../../test/support/records/programme-records.js';
import { presentProgramme } from '../programme/programme.presenter.js';
import { html, jsonBlockPieces } from './html.js';
import { pageLanguage } from './page-language.js';
import { PageTemplate } from './page-template.js';
import { type PageSetting } from './page.js';
import { POSTER, posterColours } from './poster.js';
import { drawPng } from './poster-png.js';
import { drawSvg } from './poster-svg.js';
import { eventPage, eventsPage, sessionPage } from './programme-page.js';

const EVIL = `</script><script>alert('1')</script><img src=x onerror="alert(2)"> & "quotes" \u2028`;
const template = PageTemplate.parse(
  '<!doctype html><html lang="en"><head><title>Plenum</title><script type="module" src="/assets/a.js"></script></head><body><div id="root"></div></body></html>',
);
const setting: PageSetting = { language: 'fr', isLanguageAsked: false, publicUrl: 'https://plenum.example.org' };

function programme(text: string): Event {
  const room = roomRecord({ name: text, city: 'Liège' });
  const speaker = speakerRecord({ name: text });
  const event = eventRecord({ title: text, description: text, translations: { fr: { title: `FR ${text}` } } });
  const session = sessionRow({ roomId: room.id, title: text, abstract: text, speakerIds: [speaker.id], state: 'live' });
  return eventSchema.parse(
    presentProgramme({ event, rooms: [room], sessions: [session], speakers: [speaker] }, { isOrganiser: false }),
  );
}

const pagesOf = (event: Event) => [
  eventPage(event, setting),
  sessionPage(event, event.sessions[0]!, setting),
  eventsPage([event, event], setting),
];

describe('a page before any script ran', () => {
  const event = programme('Week');
  const page = template.render(eventPage(event, setting), setting);

  it('says its language, title, description, picture and address (PROG-15)', () => {
    expect(page).toContain('<html lang="fr">');
    expect(page).toContain('<title>FR Week · Plenum</title>');
    expect(page).toContain('<meta name="description" content="Week" />');
    expect(page).toContain('<link rel="canonical" href="https://plenum.example.org/test-week" />');
    expect(page).toContain('<meta property="og:title" content="FR Week · Plenum" />');
    expect(page).toContain(
      '<meta property="og:image" content="https://plenum.example.org/api/events/test-week/poster.png" />',
    );
    expect(page).toContain('<meta name="twitter:card" content="summary_large_image" />');
  });

  it('has schema.org data of the event and of each session (PROG-15)', () => {
    const data = JSON.parse(/<script type="application\/ld\+json">(.*?)<\/script>/s.exec(page)![1]!) as Record<
      string,
      unknown
    >;
    expect(data).toMatchObject({
      '@type': 'Event',
      name: 'FR Week',
      startDate: event.start,
      endDate: event.end,
      subEvent: [{ '@type': 'Event', name: 'Week' }],
    });
  });

  it('can be read: days, times on the event’s clocks, titles with their addresses, rooms (PROG-15)', () => {
    const text = page.slice(page.indexOf('<div id="root">'));
    for (const part of [
      'lundi 16 mars 2026',
      '09:30 – 10:30',
      '<a href="/test-week/s/opening">Week</a>',
      'Week, Liège',
      'Europe/Brussels',
      'En direct',
    ])
      expect(text).toContain(part);
  });

  it('keeps the app’s own scripts and its root', () => {
    expect(page).toMatch(
      /<script type="module" src="\/assets\/a.js"><\/script>.*<div id="root"><main class="readable">.*<\/main><\/div>/s,
    );
  });

  it('lets nothing that people wrote become markup (PROG-15)', () => {
    for (const each of pagesOf(programme(EVIL))) {
      const rendered = template.render(each, setting);
      expect(rendered.match(/<script/g)!.length).toBe(each.data ? 2 : 1);
      expect(rendered).not.toMatch(/<img|onerror="|\u2028.*ld\+json/);
      expect(rendered).toContain('&lt;/script&gt;');
    }
  });

  it('gives every text of people its own direction (WEB-132)', () => {
    for (const each of pagesOf(programme('שלום'))) {
      const text = template.render(each, setting);
      const body = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
      expect(body).toContain('שלום');
      expect(textsWithoutDirection(body, /[\u0590-\u05ff]/)).toEqual([]);
    }
  });

  it('is in no search engine when it has no public address', () => {
    const hidden = template.render({ status: 200, title: 'Plenum', path: null }, setting);
    expect(hidden).toContain('<meta name="robots" content="noindex" />');
    expect(hidden).not.toContain('canonical');
    expect(hidden).toContain('<div id="root"></div>');
  });

  it('refuses a template that it cannot fill', () => {
    expect(() => PageTemplate.parse('<html><body></body></html>')).toThrow('no root');
  });
});

describe('the language of a page', () => {
  const asked = (query: unknown, cookie?: string, acceptLanguage?: string) =>
    pageLanguage({ query, cookie, acceptLanguage });

  it.each([
    ['nl', 'lang=fr', 'de', 'nl'],
    [undefined, 'a=b; lang=fr', 'de', 'fr'],
    [undefined, undefined, 'it, de-AT;q=0.8, fr;q=0.9', 'fr'],
    [undefined, undefined, 'de;q=0, *', 'en'],
    ['xx', 'lang=yy', 'zz', 'en'],
    [['nl', 'fr'], undefined, undefined, 'en'],
  ])('%j, cookie %j, browser %j: %s', (query, cookie, accept, language) => {
    expect(asked(query, cookie, accept)).toBe(language);
  });
});

describe('html', () => {
  it('escapes values, also in attributes and lists, and leaves Html as it is', () => {
    expect(html`<p title="${'"<'}">${['<b>', html`<i>${'&'}</i>`]}${null}${false}${0}</p>`.toString()).toBe(
      '<p title="&quot;&lt;">&lt;b&gt;<i>&amp;</i>0</p>',
    );
  });

  it('keeps data blocks closed to whatever is in them (PROG-15)', () => {
    const block = [...jsonBlockPieces([JSON.stringify({ text: EVIL })])].join('');
    expect(block.match(/<\/?script/g)).toHaveLength(2);
    expect(JSON.parse(block.replace(/<[^>]*>/g, ''))).toEqual({ text: EVIL });
  });
});

describe('a poster', () => {
  it('has colours of its kind, turned by its city', () => {
    expect(posterColours('debate', 'Ghent')).not.toEqual(posterColours('debate', 'Namur'));
    for (const { colour } of posterColours('plenary'))
      for (const channel of colour) expect(channel >= 0 && channel <= 255).toBe(true);
  });

  it('is a PNG of 1200 by 630 pixels', () => {
    const png = Buffer.from(drawPng(posterColours('workshop', 'Ghent')));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([POSTER.width, POSTER.height]);
    const length = png.readUInt32BE(33);
    expect(inflateSync(png.subarray(41, 41 + length))).toHaveLength(POSTER.height * (1 + 3 * POSTER.width));
  });

  it('is an SVG in which titles are text (PROG-15)', () => {
    const svg = drawSvg(posterColours('plenary'), EVIL, EVIL);
    expect(svg).not.toMatch(/<script|<img|onerror="/);
    expect(svg).toMatch(/^<svg\s+xmlns="http:\/\/www.w3.org\/2000\/svg"/);
  });
});

/** The texts of a piece of HTML that match and stand in no element with a direction of its own. */
function textsWithoutDirection(body: string, wanted: RegExp): string[] {
  const open: boolean[] = [];
  const found: string[] = [];
  for (const [part] of body.matchAll(/<[^>]+>|[^<]+/g)) {
    if (part.startsWith('</')) open.pop();
    else if (part.startsWith('<')) open.push(/^<bdi|dir="auto"/.test(part));
    else if (wanted.test(part) && !open.includes(true)) found.push(part.trim());
  }
  return found;
}
