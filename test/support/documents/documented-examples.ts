import { readFileSync } from 'node:fs';

/** Words that a command begins with, after settings of its own such as PORT=3001. */
const COMMAND =
  /^([A-Z_]+=\S+ )*(npm|npx|node|docker|kill|psql|pg_dump|sysctl|nstat|redis-server|curl|git|export|up)( |$)/;
const REQUEST = /^(GET|POST|PUT|PATCH|DELETE) \//;
const SETTING = /^[A-Z_]{4,}=\S+$/;
const ADDRESS = /^\/(api\/|metrics$|EVENT|present\/)/;
/** A field of a request's body. */
const FIELD = /^"\w+": ?\S/;

/** Commands, requests, settings and addresses that a document tells people to use: its fenced shell blocks line by line, and inline. */
export function examplesOf(file: string): string[] {
  const page = readFileSync(file, 'utf8');
  const blocks = [...page.matchAll(/^```(?:sh|shell|bash|console)\n([^]*?)^```$/gm)].flatMap(([, block]) =>
    linesOf(block),
  );
  const prose = page.replace(/^```[^]*?^```$/gm, '');
  const inline = [...prose.matchAll(/`([^`]+)`/g)].map(([, code]) => String(code).replace(/\s+/g, ' ').trim());
  const isExample = (text: string) => [COMMAND, REQUEST, SETTING, ADDRESS, FIELD].some((form) => form.test(text));
  return [...blocks, ...inline.filter(isExample)];
}

/** The commands of a block, without their comments. */
function linesOf(block = ''): string[] {
  const joined = block.replace(/\\\n\s*/g, ' ').split('\n');
  return joined.map((line) => line.replace(/(^|\s+)# .*$/, '').trim()).filter(Boolean);
}
