export const en = {
  app: {
    name: 'Repair Desk',
    summary: '',
    retry: 'Try again',
  },
  profiles: {
    handleTaken: 'That handle is taken',
  },
  likes: {
    like: 'Like',
    repair_job: {
      remove: 'Take the like from this repair job?',
      all: 'Repair jobs you like',
    },
    events: {
      repair_job_liked: 'liked your repair job',
    },
  },
} as const;
