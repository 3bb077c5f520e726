/** The facts that make an object a URL. A class would be another one in jest and vm, and not every program has its type. */
export interface URLLike {
  readonly href: string;
  readonly protocol: string;
}
