"""Pictures of people and organisations that are taken away or replaced."""

from visitplanner.models import StoredFile
from visitplanner.services.act import Act


def commit_without(act: Act, file_id: str | None) -> None:
    """Commit, and delete a file that no record names any longer, if there is one."""
    old = act.session.get(StoredFile, file_id) if file_id else None
    if old is None:
        act.commit()
        return
    path = old.path
    act.session.flush()
    act.session.delete(old)
    act.commit()
    act.instance.files.remove(path)
