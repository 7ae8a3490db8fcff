// A tiny ONNX model, written by hand: scores [texts, 3] = Softmax(words [texts, size] x weights [size, 3]).

const varint = (value: number): number[] => {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest & 127) | 128);
    rest >>>= 7;
  }
  return [...bytes, rest];
};
const whole = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: Iterable<number>): number[] => {
  const list = [...content];
  return [...varint((field << 3) | 2), ...varint(list.length), ...list];
};
const text = (field: number, value: string): number[] => bytes(field, Buffer.from(value));

const floatType = 1;
const node = (type: string, inputs: readonly string[], output: string): number[] => [
  ...inputs.flatMap((input) => text(1, input)),
  ...text(2, output),
  ...text(4, type),
];
/** A value of two dimensions; the first may be any. */
const matrix = (name: string, columns: number): number[] => {
  const shape = [...bytes(1, text(2, 'texts')), ...bytes(1, whole(1, columns))];
  return [...text(1, name), ...bytes(2, bytes(1, [...whole(1, floatType), ...bytes(2, shape)]))];
};

/** `weights` by rows: what each word says for negative, neutral and positive. */
export function tinyModel(weights: ReadonlyArray<readonly [number, number, number]>): Uint8Array {
  const raw = new Uint8Array(Float32Array.from(weights.flat()).buffer);
  const tensor = [
    ...whole(1, weights.length),
    ...whole(1, 3),
    ...whole(2, floatType),
    ...text(8, 'weights'),
    ...bytes(9, raw),
  ];
  const graph = [
    ...bytes(1, node('MatMul', ['words', 'weights'], 'sums')),
    ...bytes(1, node('Softmax', ['sums'], 'scores')),
    ...text(2, 'tiny'),
    ...bytes(5, tensor),
    ...bytes(11, matrix('words', weights.length)),
    ...bytes(12, matrix('scores', 3)),
  ];
  const opset = [...text(1, ''), ...whole(2, 13)];
  return Uint8Array.from([...whole(1, 8), ...bytes(7, graph), ...bytes(8, opset)]);
}
