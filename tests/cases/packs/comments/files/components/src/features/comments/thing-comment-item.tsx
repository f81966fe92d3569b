export function ThingCommentItem({ comment }: { comment: { id: string } }) {
  return (
    <li id={comment.id}>
      {/*% slot "thing_comment.actions" %*/}
    </li>
  );
}
