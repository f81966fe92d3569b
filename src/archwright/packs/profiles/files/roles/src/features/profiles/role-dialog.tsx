import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toast } from 'sonner';
import { QueryState } from '@/components/query-state';
import { Dialog } from '@/components/ui/dialog';
import { RoleForm } from './role-form';
import type { Member } from './roles-api';
import { useRolesOf } from './use-role-holders';

interface RoleDialogProps {
  member: Member;
  onClose: () => void;
}

/** The roles of one member, to give and to take away. */
export function RoleDialog({ member, onClose }: RoleDialogProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const held = useRolesOf(member.id);
  const { handle } = member;
  const done = (mayStay: boolean) => {
    toast.success(t('profiles.rolesSaved', { handle }));
    if (mayStay) onClose();
    else void navigate('/');
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('profiles.rolesOf', { handle })}
      description={member.display_name}
    >
      <QueryState query={held}>
        {(roles) => <RoleForm memberId={member.id} held={roles} onSaved={done} />}
      </QueryState>
    </Dialog>
  );
}
