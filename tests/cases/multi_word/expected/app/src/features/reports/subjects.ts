export const subjects: string[] = [
  'repair_job',
];
