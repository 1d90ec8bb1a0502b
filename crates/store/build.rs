//! Rebuilds the crate when a migration changes: `sqlx::migrate!` embeds the files, and Cargo cannot see that.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations/sqlite");
    println!("cargo:rerun-if-changed=../../migrations/postgres");
}
