/** The one global the contract needs that both a browser and Node have. */
declare class URL {
  constructor(text: string);
  readonly origin: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly username: string;
  readonly password: string;
}
