/** Reports a repair job. */
export const reportRepairJob = (repairJobId: string) => ({ repair_job_id: repairJobId });
