/**
 * Prints types of the source written out, without the libraries they are inferred by: what the package tells a
 * compiler stands alone. Words of the source are kept.
 *
 * By the compiler's own API, which only the line before TypeScript 7 offers to JavaScript.
 */
import ts from 'typescript-classic';

export interface Printer {
  /** `export type Name = …;` for an exported type of the file. */
  declaration(name: string): string;
}

/**
 * @param file whose exports are printed
 * @param names that are referred to by name where they occur in one another
 */
export function createPrinter(file: string, names: readonly string[]): Printer {
  const program = ts.createProgram([file], {
    strict: true,
    exactOptionalPropertyTypes: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2022.d.ts', 'lib.es2023.intl.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    types: [],
    useDefineForClassFields: false,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${file} exports nothing.`);
  const exported = new Map(checker.getExportsOfModule(module).map((one) => [one.name, one]));
  const typeOf = (name: string): ts.Type => {
    const symbol = exported.get(name);
    if (!symbol) throw new Error(`${file} exports no ${name}.`);
    const { flags } = symbol;
    const meant = flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return checker.getDeclaredTypeOfSymbol(meant);
  };
  const named = new Map(names.map((name) => [typeOf(name), name]));

  const print = (type: ts.Type, isTop = false): string => {
    const name = isTop ? undefined : named.get(type);
    if (name) return name;
    if (type.isUnion()) return unionOf(type.types);
    if (type.isIntersection()) return type.types.map((part) => print(part)).join(' & ');
    if (type.isStringLiteral()) return `'${type.value}'`;
    if (type.flags & ts.TypeFlags.TemplateLiteral) return checker.typeToString(type);
    if (!(type.flags & ts.TypeFlags.Object)) return checker.typeToString(type);
    if (checker.isArrayType(type)) return listOf(type as ts.TypeReference);
    return isPlatforms(type) ? platformsOf(type) : objectOf(type);
  };

  /** TypeScript takes `boolean` apart into its two values. */
  function unionOf(parts: readonly ts.Type[]): string {
    const isBoolean = (part: ts.Type) => part.flags & ts.TypeFlags.BooleanLiteral;
    const hasBoth = parts.filter(isBoolean).length === 2;
    const rest = hasBoth ? parts.filter((part) => !isBoolean(part)) : parts;
    const words = rest.map((part) => {
      const text = print(part);
      return text.includes('=>') && part.getCallSignatures().length ? `(${text})` : text;
    });
    return [...words, ...(hasBoth ? ['boolean'] : [])]
      .sort((a, b) => Number(isNothing(a)) - Number(isNothing(b)))
      .join(' | ');
  }

  function listOf(type: ts.TypeReference): string {
    const [item] = checker.getTypeArguments(type);
    const text = item ? print(item) : 'unknown';
    const list = /[|&]|=>/.test(text) && !text.startsWith('{') ? `(${text})[]` : `${text}[]`;
    return type.symbol.name === 'ReadonlyArray' ? `readonly ${list}` : list;
  }

  /** Of the language's or the browser's own library: those are known wherever the package is read. */
  const isPlatforms = (type: ts.Type): boolean =>
    (type.symbol?.declarations ?? []).some((one) => {
      const { fileName } = one.getSourceFile();
      return /\/lib\.[\w.]+\.d\.ts$/.test(fileName) && type.symbol.name !== '__type';
    });

  function platformsOf(type: ts.Type): string {
    const of = checker.getTypeArguments(type as ts.TypeReference).map((one) => print(one));
    return of.length ? `${type.symbol.name}<${of.join(', ')}>` : type.symbol.name;
  }

  function objectOf(type: ts.Type): string {
    const [call] = type.getCallSignatures();
    if (call) return `(${parametersOf(call)}) => ${print(call.getReturnType())}`;
    const indexes = checker
      .getIndexInfosOfType(type)
      .map(({ keyType, type: value }) => `[key: ${print(keyType)}]: ${print(value)};`);
    const properties = type.getProperties().map(propertyOf);
    return `{\n${indent([...indexes, ...properties].join('\n'))}\n}`;
  }

  function propertyOf(symbol: ts.Symbol): string {
    const type = checker.getTypeOfSymbol(symbol);
    const isOptional = Boolean(symbol.flags & ts.SymbolFlags.Optional);
    const key = /^[A-Za-z_$][\w$]*$/.test(symbol.name) ? symbol.name : `'${symbol.name}'`;
    // A method that may be missing is one all the same.
    const given = symbol.flags & ts.SymbolFlags.Method ? checker.getNonNullableType(type) : type;
    const mark = isOptional ? '?' : '';
    return `${docsOf(symbol)}${isReadonly(symbol) ? 'readonly ' : ''}${key}${mark}: ${print(given)};`;
  }

  function parametersOf(call: ts.Signature): string {
    return call.parameters
      .map((parameter) => {
        const type = checker.getTypeOfSymbol(parameter);
        const declaration = parameter.valueDeclaration as ts.ParameterDeclaration | undefined;
        const isOptional = declaration && checker.isOptionalParameter(declaration);
        const given = isOptional ? checker.getNonNullableType(type) : type;
        return `${parameter.name}${isOptional ? '?' : ''}: ${print(given)}`;
      })
      .join(', ');
  }

  const isReadonly = (symbol: ts.Symbol): boolean =>
    (symbol.declarations ?? []).some(
      (one) => ts.getCombinedModifierFlags(one) & ts.ModifierFlags.Readonly,
    );

  const docsOf = (symbol: ts.Symbol): string =>
    docComment(ts.displayPartsToString(symbol.getDocumentationComment(checker)));

  return {
    declaration: (name) => {
      const symbol = exported.get(name);
      return `${symbol ? docsOf(symbol) : ''}export type ${name} = ${print(typeOf(name), true)};`;
    },
  };
}

const isNothing = (text: string) => /^(?:null|undefined)$/.test(text);

export const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');

export function docComment(text: string): string {
  if (!text) return '';
  const lines = text.split('\n');
  return lines.length === 1
    ? `/** ${text} */\n`
    : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
}
