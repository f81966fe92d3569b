export const en = {
  app: {
    name: 'Clipster',
    summary: 'Short clips',
    retry: 'Try again',
  },
  profiles: {
    handleTaken: 'That handle is taken',
  },
  clips: {
    nav: 'Clips',
    upload: 'Share someone\'s clip',
  },
  likes: {
    like: 'Like',
    clip: {
      remove: 'Take the like from this clip?',
      all: 'Clips you like',
    },
    events: {
      clip_liked: 'liked your clip',
    },
  },
} as const;
