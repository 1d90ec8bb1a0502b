//! A page loads what it shows once. The framework calls what a page waits for three times if it may, and each call would
//! ask the database again, for nothing.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::pages::Site;

/// What is run often for a reason: each connection sets itself up, a rule reads an account and those above it, and the page
/// Security reads the codes for what it shows and for what they allow.
const OFTEN: [&str; 3] = ["PRAGMA", "SELECT id, parent_id, name", "FROM two_factors"];

/// How often each statement was run.
#[derive(Clone, Default)]
struct Asked(Arc<Mutex<BTreeMap<String, usize>>>);

impl<S: Subscriber> Layer<S> for Asked {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            *self.0.lock().expect("nobody panicked").entry(statement.0.join(" ")).or_default() += 1;
        }
    }
}

#[derive(Default)]
struct Statement(Vec<String>);

impl Visit for Statement {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        if ["summary", "db.statement"].contains(&field.name()) {
            self.0.push(format!("{value:?}"));
        }
    }
}

#[tokio::test]
async fn each_page() {
    let asked = Asked::default();
    let subscriber = tracing_subscriber::registry().with(asked.clone());
    tracing::subscriber::set_global_default(subscriber).expect("the only one in this process");
    let pages = [
        "/settings/api-keys",
        "/settings/api-keys?q=nightly",
        "/settings/api-keys/KEY",
        "/settings/sub-accounts",
        "/settings/members",
        "/settings/activity",
        "/settings/security",
        "/invite?token=none",
        "/setup?token=none",
        "/sign-in",
    ];
    for path in pages {
        let site = Site::new().await;
        let (key, _) = site.data.key("Nightly sync", "203.0.113.7", &[]).await;
        let cookie = site.owner().await;
        asked.0.lock().unwrap().clear();
        let answer = site.page(&path.replace("KEY", &key), &cookie).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
        // A question that was dropped is still answered: waits for it.
        site.data.keyhatch.close().await.expect("the database closes");
        let mut often = asked.0.lock().unwrap().clone();
        assert!(!often.is_empty(), "{path}");
        often.retain(|statement, times| *times > 1 && !OFTEN.iter().any(|own| statement.contains(own)));
        assert_eq!(often, BTreeMap::new(), "{path}");
    }
}
