//! Replays the fuzz corpus through the functions that the fuzz targets call, so that every `make test` repeats what
//! fuzzing found, without a fuzzer.

#[path = "../../../fuzz/src/entries/mod.rs"]
mod entries;

use std::fs;
use std::path::Path;

#[test]
fn corpus_inputs_pass_their_targets() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus");
    let mut total = 0;
    for (name, entry) in entries::ALL {
        let mut count = 0;
        for file in fs::read_dir(corpus.join(name)).expect("a folder for each target") {
            let path = file.expect("a file").path();
            // Printed only if the test fails: the last one caused it.
            println!("{}", path.display());
            entry(&fs::read(&path).expect("its bytes"));
            count += 1;
        }
        assert!(count > 0, "{name}");
        total += count;
    }
    assert!(total < 300, "{total} files: keep the few that matter");
}
