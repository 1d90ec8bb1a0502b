//! A folder to run this workspace's `keyhatch` in. How a child process is run, `test_support::ProgramFolder` says.

use test_support::{PASSWORD, ProgramFolder};

/// The account's first member.
pub const EMAIL: &str = "owner@example.com";

/// An empty folder with the program of this build.
pub fn program_folder() -> ProgramFolder {
    ProgramFolder::new(env!("CARGO_BIN_EXE_keyhatch"))
}

/// A folder with an account and its owner, and the account's id.
pub fn program_folder_with_owner() -> (ProgramFolder, String) {
    let folder = program_folder();
    let account = create_account_with_owner(&folder);
    (folder, account)
}

/// Creates an account and its owner with the command line, and returns the account's id.
pub fn create_account_with_owner(folder: &ProgramFolder) -> String {
    let account = folder.create_account("Acme");
    folder.create_member(&account, EMAIL, "owner", PASSWORD);
    account
}
