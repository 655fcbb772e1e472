import { unsafeCSS } from 'lit';
import components from './components.css?inline';

/**
 * The classes of components.css for use inside shadow roots: `static styles = [sharedStyles, css`…`]`.
 * One constructable sheet, adopted by every element, so it costs one parse and needs no inline style.
 */
export const sharedStyles = unsafeCSS(components);
