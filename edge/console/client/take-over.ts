/**
 * Makes `shown` what `next` is by changing only what differs: what stays the same keeps its place, is drawn once, and is not
 * read out again by a screen reader.
 */
export function takeOver(shown: Element, next: Element): void {
  takeOverAttributes(shown, next);
  const shownNodes = [...shown.childNodes];
  const nextNodes = [...next.childNodes];
  if (shownNodes.length !== nextNodes.length) {
    shown.replaceChildren(...nextNodes);
    return;
  }
  for (const [index, node] of shownNodes.entries()) takeOverNode(node, nextNodes[index] as ChildNode);
}

function takeOverNode(shown: ChildNode, next: ChildNode): void {
  if (shown.isEqualNode(next)) return;
  if (shown instanceof Text && next instanceof Text) shown.data = next.data;
  else if (shown instanceof Element && next instanceof Element && shown.tagName === next.tagName) takeOver(shown, next);
  else shown.replaceWith(next);
}

function takeOverAttributes(shown: Element, next: Element): void {
  for (const name of shown.getAttributeNames()) if (!next.hasAttribute(name)) shown.removeAttribute(name);
  for (const { name, value } of next.attributes) {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  }
}
