/** The database refuses any other version: see `private.current_terms_version`. */
export const TERMS_VERSION = /*= options.terms_version|ts =*/;
