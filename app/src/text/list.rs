//! The list of keys: head, search and filters, table, menus, bulk bar, keyboard shortcuts.

/// Heading of the page.
pub const TITLE: &str = "API Keys";
/// Below the heading.
pub const INTRODUCTION: &str = "Give each program its own key, with only the privileges and networks it needs.";
/// Link to the form of a new key.
pub const ADD_KEY: &str = "Add Key";
/// Heading of a list without any key.
pub const NO_KEYS_YET: &str = "No keys yet";
/// Explains keys in an account without any.
pub const WHAT_A_KEY_IS: &str = "A program sends a key with each API call to show which account it acts for. You choose \
                                 what the key may do and from which addresses. It is shown once, and you can edit or \
                                 delete it here at any time.";

/// Accessible name of the search field.
pub const SEARCH: &str = "Search keys";
/// What can be searched for.
pub const SEARCH_HINT: &str = "Search by name or last characters";
/// Button that opens the filters on a small screen, and their heading.
pub const FILTERS: &str = "Filters";
/// Button that applies the filters.
pub const SHOW_KEYS: &str = "Show keys";
/// Link that removes all filters from the form.
pub const CLEAR: &str = "Clear";
/// Closes what is open.
pub const CLOSE: &str = "Close";
/// Name of the filter by environment.
pub const ENVIRONMENT: &str = "Environment";
/// Name of the filter by status.
pub const STATUS: &str = "Status";
/// Name of the choice of order.
pub const SORT_BY: &str = "Sort by";
/// A filter that shows everything.
pub const ALL: &str = "All";
/// The live environment.
pub const LIVE: &str = "Live";
/// The sandbox environment.
pub const SANDBOX: &str = "Sandbox";
/// The status of a disabled key.
pub const DISABLED: &str = "Disabled";
/// The status of a key whose time has ended.
pub const EXPIRED: &str = "Expired";
/// The status of a deleted key.
pub const DELETED: &str = "Deleted";

/// Accessible name of the table.
pub const TABLE: &str = "API keys";
/// Column of names.
pub const NAME: &str = "Name";
/// Column of prefixes and last characters.
pub const KEY: &str = "Key";
/// Column of privileges.
pub const PRIVILEGES: &str = "Privileges";
/// Column of whitelists.
pub const WHITELIST: &str = "Whitelist";
/// Column of last uses.
pub const LAST_USED: &str = "Last used";
/// Column of creation dates.
pub const CREATED: &str = "Created";
/// Column of expiries, shown in place of the creation dates while the list is sorted by it.
pub const EXPIRES: &str = "Expires";
/// Column of menus.
pub const ACTIONS: &str = "Actions";
/// On a small screen, before how long ago a key was used, with the space between.
pub const USED: &str = "Used ";
/// On a small screen, of a key that was never used.
pub const NEVER_USED: &str = "Never used";
/// In a column of times: there is none.
pub const NEVER: &str = "Never";
/// Second line of a key without a working secret.
pub const NEEDS_ROTATION: &str = "Secret retired: rotate this key";

/// Menu item that edits a key.
pub const EDIT_KEY: &str = "Edit Key";
/// Menu item that rotates a key.
pub const ROTATE_KEY: &str = "Rotate Key";
/// Menu item that disables a key.
pub const DISABLE_KEY: &str = "Disable Key";
/// Menu item that enables a key.
pub const ENABLE_KEY: &str = "Enable Key";
/// Menu item that tests a key.
pub const TEST_KEY: &str = "Test this key";
/// Menu item that ends a key's old secret.
pub const END_OLD_KEY: &str = "End old key now";
/// Menu item that deletes a key.
pub const DELETE_KEY: &str = "Delete Key";

/// Accessible name of the bulk bar, and its text until the keys are counted.
pub const SELECTED_KEYS: &str = "Selected keys";
/// Check box in the table's head.
pub const SELECT_ALL: &str = "Select all on this page";
/// Shows the check boxes on a small screen.
pub const SELECT: &str = "Select";
/// Button of the bulk bar.
pub const DISABLE: &str = "Disable";
/// Button of the bulk bar.
pub const ENABLE: &str = "Enable";
/// Button of the bulk bar.
pub const DELETE: &str = "Delete…";
/// Button that ends the selection.
pub const CLEAR_SELECTION: &str = "Clear the selection";

/// Link that adds keys to the list.
pub const LOAD_MORE: &str = "Load more";
/// Link to the keys that no longer fit on this page.
pub const NEXT_PAGE: &str = "Next page";
/// Link back to the start of the list.
pub const FIRST_PAGE: &str = "First page";
/// Link that removes search and filters.
pub const SHOW_ALL: &str = "Show all keys";

/// Heading of the list of shortcuts, and the button that opens it.
pub const SHORTCUTS: &str = "Keyboard shortcuts";
/// What `/` does.
pub const SHORTCUT_SEARCH: &str = "Search";
/// What `?` does.
pub const SHORTCUT_HELP: &str = "Show this list";
/// Check box that switches the shortcuts on and off, for people whose speech input types such keys by accident.
pub const USE_SHORTCUTS: &str = "Use these shortcuts in this browser";

/// How many keys the account has, beside the heading.
pub fn keys_of_limit(total: usize, limit: usize) -> String {
    format!("{total} of {limit} keys")
}

/// How many keys match search and filters.
pub fn matching(matching: usize, total: usize) -> String {
    format!("{matching} of {total}")
}

/// How many deleted keys there are, which are not among the account's keys.
pub fn deleted_count(count: usize) -> String {
    format!("{count} deleted")
}

/// How many keys this page shows.
pub fn shown(shown: usize, matching: usize) -> String {
    format!("{shown} of {matching} shown")
}

/// No key matches the search.
pub fn no_match(search: &str) -> String {
    format!("No keys match \"{search}\".")
}

/// No key matches the filters.
pub const NO_MATCH: &str = "No keys match these filters.";

/// Accessible name of a key's menu and of the button that opens it.
pub fn actions_for(name: &str) -> String {
    format!("Actions for {name}")
}

/// Accessible name of a key's check box.
pub fn select(name: &str) -> String {
    format!("Select {name}")
}

/// In the bulk bar.
pub fn selected(count: usize) -> String {
    format!("{count} selected")
}

/// Tag of a deleted key.
pub fn deleted_on(date: &str) -> String {
    format!("Deleted {date}")
}

/// Tag of an expired key.
pub fn expired_on(date: &str) -> String {
    format!("Expired {date}")
}

/// Second line of a key that expires soon.
pub fn expires_in(duration: &str) -> String {
    format!("Expires in {duration}")
}

/// Second line of a rotated key.
pub fn old_key_until(time: &str) -> String {
    format!("Old key works until {time}")
}

/// Exact time and address of the last use.
pub fn used_from(time: &str, address: Option<&str>) -> String {
    match address {
        Some(address) => format!("{time} from {address}"),
        None => format!("{time} from an unknown address"),
    }
}
