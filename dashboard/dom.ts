type Child = Node | string | null;

interface Attributes {
  readonly [name: string]: string | number | boolean | null | undefined;
}

/** An element with text and children. What comes from outside only ever becomes text: nothing here reads HTML. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The same for pictures. */
export function shape<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[Tag] {
  const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
  setAttributes(made, attributes);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** A part of the page that is there from the beginning. */
export function part<Kind extends HTMLElement = HTMLElement>(id: string): Kind {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as Kind; // page.html and this file are one piece
}

/** Replaces what a part shows, unless it shows just that: a picture that does not change keeps its place and selection. */
export function show(where: HTMLElement, ...children: readonly Child[]): void {
  const next = children.filter((child) => child !== null);
  const same =
    next.length === where.childNodes.length &&
    next.every((child, index) => {
      const before = where.childNodes[index];
      return typeof child === 'string' ? before?.textContent === child : before?.isEqualNode(child) === true;
    });
  if (!same) where.replaceChildren(...next);
}

function setAttributes(made: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
}
