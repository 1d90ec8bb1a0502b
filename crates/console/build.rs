//! The browser's files are embedded into the program, so the frontend is built first. Without it the folder is empty, and
//! pages are served without hydration.

use std::io;
use std::path::Path;

fn main() -> io::Result<()> {
    let site = Path::new("../../target/site");
    std::fs::create_dir_all(site)?;
    println!("cargo:rerun-if-changed={}", site.display());
    println!("cargo:rerun-if-changed=build.rs");
    Ok(())
}
