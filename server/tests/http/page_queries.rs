//! Each page loads its data once. The framework may poll a resource three times, and each poll would query the database
//! again.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::support::ConsoleApp;

/// Statements that are repeated for a reason: each connection is set up, a rule reads an account and its parents, and the
/// security page reads the two-factor state to show it and to authorize.
const REPEATED: [&str; 3] = ["PRAGMA", "SELECT id, parent_id, name", "FROM two_factors"];

/// How often each statement ran.
#[derive(Clone, Default)]
struct QueryCounts(Arc<Mutex<BTreeMap<String, usize>>>);

impl<S: Subscriber> Layer<S> for QueryCounts {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if event.metadata().target() == "sqlx::query" {
            let mut statement = Statement::default();
            event.record(&mut statement);
            *self.0.lock().expect("no panic").entry(statement.0.join(" ")).or_default() += 1;
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
async fn each_page_runs_each_query_once() {
    let counts = QueryCounts::default();
    let subscriber = tracing_subscriber::registry().with(counts.clone());
    tracing::subscriber::set_global_default(subscriber).expect("the only one in this process");
    let pages = [
        "/settings/api-keys",
        "/settings/api-keys?q=nightly",
        "/settings/api-keys?add",
        "/settings/api-keys?edit=KEY",
        "/settings/api-keys?rotate=KEY",
        "/settings/api-keys?delete=KEY",
        "/settings/api-keys?test=KEY",
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
        let console = ConsoleApp::start().await;
        let (key, _) = console.create_key("Nightly sync", "203.0.113.7", &[]).await;
        let cookie = console.create_owner_session().await;
        counts.0.lock().expect("no panic").clear();
        let response = console.get(&path.replace("KEY", &key), &cookie).await;
        assert!(response.status.as_u16() < 500, "{path}: {}", response.status);
        // A dropped future's query may still run: closing waits for it.
        console.app.keyhatch.close().await.expect("the database closes");
        let mut repeated = counts.0.lock().expect("no panic").clone();
        assert!(!repeated.is_empty(), "{path}");
        repeated.retain(|statement, times| *times > 1 && !REPEATED.iter().any(|own| statement.contains(own)));
        assert_eq!(repeated, BTreeMap::new(), "{path}");
    }
}
