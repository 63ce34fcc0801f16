import { asFields, type Fields, firstText } from './values.js';

/** Abstract and description as one text. Tools that have one of the two often write it into both: then it is kept once. */
export function joinTexts(abstract: unknown, description: unknown): string {
  const [short, long] = [abstract, description].map((text) => (typeof text === 'string' ? text.trim() : ''));
  if (!short || !long) return short || long || '';
  if (long.startsWith(short)) return long;
  return short.startsWith(long) ? short : `${short}\n\n${long}`;
}

/** The fields of a session under the names of the older form, with plain values where newer files have objects. */
export function plainFields(fields: Fields, tracks: ReadonlyMap<string, string>): Fields {
  const { language, track, logo, persons, participants, recording_license: license } = fields;
  return {
    ...fields,
    title: localised(fields.title, language),
    subtitle: localised(fields.subtitle, language),
    abstract: localised(fields.abstract, language),
    description: localised(fields.description, language),
    track: trackName(track, tracks),
    logo: asFields(logo)?.url ?? logo,
    persons: persons ?? participants ?? fields.speakers,
    recording_license: license ?? fields.license,
    feedback_url: fields.feedback_url ?? asFields(fields.feedback)?.url,
  };
}

/** A text that may be given by language; the session's own language first, then any. */
function localised(value: unknown, language: unknown): unknown {
  const texts = asFields(value);
  if (!texts) return value;
  return firstText(texts[String(language)], ...Object.values(texts)) ?? null;
}

function trackName(value: unknown, names: ReadonlyMap<string, string>): unknown {
  const track = asFields(value);
  if (!track) return value;
  return firstText(track.name, names.get(String(track.slug)), track.slug) ?? null;
}
