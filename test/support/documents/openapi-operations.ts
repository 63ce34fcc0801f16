interface Content {
  readonly schema?: object;
  readonly examples?: Readonly<Record<string, { readonly value: { readonly error: unknown } }>>;
}

/** One operation of the OpenAPI document, as tests use it. */
export interface Operation {
  readonly path: string;
  readonly method: string;
  readonly summary?: string;
  readonly hasBody: boolean;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly schema?: { readonly type?: string; readonly enum?: readonly string[] };
  }[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly headers?: Record<string, object>;
        readonly content?: Record<string, Content>;
      }
    >
  >;
}

type Described = Omit<Operation, 'path' | 'method' | 'hasBody'> & { readonly requestBody?: object };

/** Every operation of a document. */
export function operationsOf({ paths }: { readonly paths: Record<string, Record<string, Described>> }): Operation[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, parameters, responses, requestBody }]) => ({
      path,
      method: method.toUpperCase(),
      summary,
      parameters,
      responses,
      hasBody: requestBody !== undefined,
    })),
  );
}
