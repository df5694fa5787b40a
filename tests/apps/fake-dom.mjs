// SPDX-License-Identifier: GPL-3.0-or-later
// As much of a document as the notes' lines need: elements with attributes and children, and text.

class Node {
  constructor(type, name, value) {
    this.nodeType = type;
    this.nodeName = name;
    this.nodeValue = value;
    this.childNodes = [];
    this.attributes = new Map();
    this.parentNode = null;
  }

  append(...nodes) {
    for (const node of nodes) {
      node.parentNode = this;
      this.childNodes.push(node);
    }
  }

  getAttribute(name) {
    return this.attributes.get(name) ?? null;
  }
  setAttribute(name, value) {
    this.attributes.set(name, String(value));
  }
  hasAttribute(name) {
    return this.attributes.has(name);
  }

  /* The one selector that is asked for: a box as a child. */
  querySelector(selector) {
    if (selector !== ':scope > input[type="checkbox"]') throw new Error(`fake-dom knows no ${selector}`);
    return this.childNodes.find(node => node.nodeName === 'INPUT' && node.getAttribute('type') === 'checkbox') ?? null;
  }
}

export const document = {
  createElement: name => new Node(1, name.toUpperCase(), null),
  createTextNode: text => new Node(3, '#text', text),
};

/** ['p', {class: 'x'}, 'text', ['b', {}, 'bold']] as nodes. */
export function tree([name, attributes = {}, ...children]) {
  const node = document.createElement(name);
  if (attributes.style)
    // an engine parses it; here it is given parsed
    node.style = attributes.style;
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children.map(child => (typeof child === 'string' ? document.createTextNode(child) : tree(child))));
  return node;
}

/** The nodes as HTML, for comparing. */
export function html(nodes) {
  return nodes
    .map(node => {
      const name = node.nodeName.toLowerCase();
      if (node.nodeType === 3) return node.nodeValue.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      const attributes = [...node.attributes].map(([key, value]) => ` ${key}="${value}"`).join('');
      return name === 'br' ? '<br>' : `<${name}${attributes}>${html(node.childNodes)}</${name}>`;
    })
    .join('');
}
