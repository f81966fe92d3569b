export const subjects: string[] = [
  'clip',
  'clip_comment',
  'profile',
];
