export const subjects: string[] = [
  //% for target in targets
  '/*= target.snake =*/',
  //% endfor
];
