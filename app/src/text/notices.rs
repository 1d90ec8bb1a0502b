//! The notices after an act: what it did.

use crate::keys::NoticeAct;

i18n::texts! { "notices";
    undo,
    close,
    created(name),
    already_created(name),
    updated(name),
    restored(name),
    not_restored(name),
    rotated(name),
    not_rotated(name),
    overlap_ended(name),
    disabled(name),
    enabled(name),
    deleted(name),
    nothing_to_do(name),
    disabled_keys(count),
    enabled_keys(count),
    deleted_keys(count),
    nothing_to_do_for_keys(count),
}

/// The notice about one key.
pub fn about_key(act: NoticeAct, name: &str) -> String {
    match act {
        NoticeAct::Created => created(name),
        NoticeAct::AlreadyCreated => already_created(name),
        NoticeAct::Updated => updated(name),
        NoticeAct::Restored => restored(name),
        NoticeAct::NotRestored => not_restored(name),
        NoticeAct::Rotated => rotated(name),
        NoticeAct::NotRotated => not_rotated(name),
        NoticeAct::OverlapEnded => overlap_ended(name),
        NoticeAct::Disabled => disabled(name),
        NoticeAct::Enabled => enabled(name),
        NoticeAct::Deleted => deleted(name),
        NoticeAct::NothingToDo => nothing_to_do(name),
    }
}

/// The notice about several keys.
pub fn about_keys(act: NoticeAct, count: usize) -> String {
    match act {
        NoticeAct::Disabled => disabled_keys(count),
        NoticeAct::Enabled => enabled_keys(count),
        NoticeAct::Deleted => deleted_keys(count),
        _ => nothing_to_do_for_keys(count),
    }
}
