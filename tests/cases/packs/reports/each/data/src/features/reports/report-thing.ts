/** Reports a thing. */
export const reportThing = (thingId: string) => ({ thing_id: thingId });
