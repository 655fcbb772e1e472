/** Vite hands a style sheet over as text when the import ends in `?inline`. */
declare module '*.css?inline' {
  const text: string;
  export default text;
}
