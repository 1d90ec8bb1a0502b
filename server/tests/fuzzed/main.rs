//! The inputs that fuzzing kept, through the functions that the fuzz targets call: what was found once is tried again by
//! every `make test`, with neither a fuzzer nor its build.

#[path = "../../../fuzz/src/entries/mod.rs"]
mod entries;

use std::fs;
use std::path::Path;

#[test]
fn every_kept_input_is_read_as_it_should_be() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let mut total = 0;
    for (name, entry) in entries::ALL {
        let mut count = 0;
        for file in fs::read_dir(corpus.join(name)).expect("a folder for each target") {
            let path = file.expect("a file").path();
            // Shown only if the test fails: the last one is the culprit.
            println!("{}", path.display());
            entry(&fs::read(&path).expect("its bytes"));
            count += 1;
        }
        assert!(count > 0, "{name}");
        total += count;
    }
    assert!(total < 300, "{total} files: keep the few that matter");
}
