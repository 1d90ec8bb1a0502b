//! `/settings/sub-accounts`. A pair of texts stands around a name.

pub const TITLE: &str = "Sub-accounts";
/// Below the heading.
pub fn lead(account: &str) -> String {
    format!("Accounts below {account}, each with its own keys and members. They cannot see {account} or each other.")
}

pub const CREATED: &str = "The sub-account was created. It has no keys yet: open it and add one.";
pub const RENAMED: &str = "The sub-account was renamed.";
pub const DELETED: &str = "The sub-account was deleted. Its keys no longer work, and its members are signed out.";

pub const NONE_YET: &str = "No sub-accounts yet. Create one for each customer, branch or project whose keys you want to keep \
                            apart. Their keys do not count towards this account's limit.";
pub const NONE_POSSIBLE: &str = "There are no sub-accounts below this one, and none can be created here.";
pub const NAME: &str = "Name";
pub const KEYS: &str = "Keys";
pub const CREATED_ON: &str = "Created";
pub const ACTIONS: &str = "Actions";
pub const SHOW_OLDER: &str = "Show older ones";
/// How many keys an account has.
pub fn keys(count: usize) -> String {
    if count == 1 { "1 key".to_owned() } else { format!("{count} keys") }
}
pub const OPEN: &str = "Open";
pub const RENAME: &str = "Rename";
pub const DELETE: &str = "Delete";
/// Accessible name of a row's button: one of the words above, and the account's name.
pub fn act_on(act: &str, name: &str) -> String {
    format!("{act} {name}")
}

pub const ADD_TITLE: &str = "Add a sub-account";
pub const NAME_HINT: &str = "For example a customer, a branch or a project.";
pub const ADD: &str = "Add sub-account";

pub const RENAME_TITLE: &str = "Rename sub-account";
pub const DELETE_TITLE: &str = "Delete sub-account";
pub const DELETE_QUESTION: [&str; 2] = ["Delete ", "?"];
/// What deleting an account with so many keys does.
pub fn delete_consequence(keys: usize) -> String {
    let keys = match keys {
        0 => "It has no keys.".to_owned(),
        1 => "Its key is deleted, and requests with it will fail immediately.".to_owned(),
        keys => format!("Its {keys} keys are deleted, and requests with them will fail immediately."),
    };
    format!("{keys} Its members and the accounts below it are deleted as well. This cannot be undone.")
}
