/** The part of aws4 that the specs use. It has no types of its own; DefinitelyTyped's take what it answers for optional. */
declare module 'aws4' {
  interface SignableRequest {
    readonly service: string;
    readonly region: string;
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly headers?: Record<string, string>;
    readonly body?: string | Buffer;
    /** Puts the signature into the query. */
    readonly signQuery?: boolean;
  }
  interface Credentials {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  }
  export function sign(
    request: SignableRequest,
    credentials: Credentials,
  ): { readonly method: string; readonly path: string; readonly headers: Record<string, string> };
}
