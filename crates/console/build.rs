//! The browser's files are part of the program. They are built before it; without them the folder is empty, and the
//! program answers with pages that no script wakes.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let site = Path::new("../../target/site");
    std::fs::create_dir_all(site)?;
    println!("cargo:rerun-if-changed={}", site.display());
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
