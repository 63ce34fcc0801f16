import { tolerateTranslation } from './tolerate-translation.js';

const { removeChild, insertBefore } = Node.prototype;
beforeEach(() => tolerateTranslation());
afterEach(() => Object.assign(Node.prototype, { removeChild, insertBefore }));

/** An element whose text a translator has moved into another one. */
function translated() {
  const parent = document.createElement('p');
  const text = parent.appendChild(document.createTextNode('open'));
  const font = document.createElement('font');
  parent.replaceChild(font, text);
  font.append(text);
  return { parent, text, font };
}

describe('a page that the browser translated (WEB-68)', () => {
  it('goes on where a text is not where it was', () => {
    const { parent, text, font } = translated();
    expect(() => parent.removeChild(text)).not.toThrow();
    parent.insertBefore(document.createElement('b'), text);
    expect(parent.innerHTML).toBe('<font>open</font><b></b>');
    parent.removeChild(font);
    expect(parent.innerHTML).toBe('<b></b>');
  });

  it('does everything else as before', () => {
    const parent = document.createElement('p');
    const second = parent.appendChild(document.createElement('b'));
    parent.insertBefore(document.createElement('i'), second);
    expect(parent.innerHTML).toBe('<i></i><b></b>');
  });
});
