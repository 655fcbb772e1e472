/** Vite puts the file beside the app's own and gives its address. */
declare module '*.wasm?url' {
  const url: string;
  export default url;
}
