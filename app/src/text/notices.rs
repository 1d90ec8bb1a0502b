//! The notices after an act: what it did.

use crate::keys::NoticeAct;

i18n::texts! { "notices";
    undo,
    close,
}

/// The notice about one key.
pub fn about_key(act: NoticeAct, name: &str) -> String {
    match act {
        NoticeAct::Created => format!("Created {name}."),
        NoticeAct::AlreadyCreated => {
            format!("{name} was created already, and its key was shown then. If you did not save it, rotate the key.")
        }
        NoticeAct::Updated => format!("Updated {name}."),
        NoticeAct::Restored => format!("Undid the update of {name}."),
        NoticeAct::NotRestored => format!("{name} was changed again meanwhile, so the update was not undone."),
        NoticeAct::Rotated => format!("Rotated {name}."),
        NoticeAct::NotRotated => {
            format!("{name} was changed meanwhile, so it was not rotated. If it should be, rotate it now.")
        }
        NoticeAct::OverlapEnded => format!("Ended the old key of {name}."),
        NoticeAct::Disabled => format!("Disabled {name}."),
        NoticeAct::Enabled => format!("Enabled {name}."),
        NoticeAct::Deleted => format!("Deleted {name}."),
        NoticeAct::NothingToDo => format!("{name} needed no change."),
    }
}

/// The notice about several keys.
pub fn about_keys(act: NoticeAct, count: usize) -> String {
    match act {
        NoticeAct::Disabled => format!("Disabled {count} keys."),
        NoticeAct::Enabled => format!("Enabled {count} keys."),
        NoticeAct::Deleted => format!("Deleted {count} keys."),
        _ => format!("{count} keys needed no change."),
    }
}
