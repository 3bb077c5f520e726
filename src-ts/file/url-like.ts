/** The properties by which a URL is recognised: its class is another one in jest and vm, and some programs lack its type. */
export interface URLLike {
  readonly href: string;
  readonly protocol: string;
}
