declare const __TANDEM_VERSION__: string;

/** The version of the build, put in by the build's recipe: what support asks for first. */
export const APP_VERSION = __TANDEM_VERSION__;
