/** The part of aws4 that the engine uses. It has no types of its own, and DefinitelyTyped's lack `extraHeadersToIgnore`. */
declare module 'aws4' {
  interface SignableRequest {
    readonly service: string;
    readonly region: string;
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly extraHeadersToIgnore?: Readonly<Record<string, boolean>>;
  }
  interface Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string | undefined;
  }
  /** CommonJS whose names Node doesn't see from outside. */
  const aws4: {
    sign(request: SignableRequest, credentials: Credentials): { readonly headers: Record<string, string> };
  };
  export default aws4;
}
