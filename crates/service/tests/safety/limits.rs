//! Limits are exact in each window, under concurrency and across nodes; a crash never grants more.

use domain::explain::HypotheticalCall;
use domain::form::KeyForm;
use domain::limits::{LimitsForm, Refill};
use domain::verdict::{CallRequest, VerdictCode};
use service::Keyhatch;
use service::actor::Actor;
use service::secrets::ExposeSecret;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use test_support::{DAY, HOUR, MINUTE, START, TestApp, decide, unrestricted_key_form};

crate::on_both![
    quota_is_exact_under_concurrency,
    rate_is_exact_in_each_window,
    refusal_by_one_limit_charges_no_other,
    two_nodes_share_a_limit,
    crash_never_grants_more,
    orderly_stop_loses_no_calls,
    changed_limits_apply_at_once,
    uses_are_refilled,
];

fn limited(change: impl FnOnce(&mut LimitsForm)) -> KeyForm {
    let mut form = unrestricted_key_form("Limited");
    change(&mut form.limits);
    form
}

async fn count_valid(keyhatch: &Keyhatch, key: &str, calls: usize) -> usize {
    let mut count = 0;
    for _ in 0..calls {
        count += usize::from(decide(keyhatch, key).await == Ok(VerdictCode::Valid));
    }
    count
}

async fn quota_is_exact_under_concurrency(app: TestApp) {
    for _ in 0..3 {
        race_for_a_quota(&app).await;
    }
}

async fn race_for_a_quota(app: &TestApp) {
    let created = app.create_key_with(&limited(|limits| limits.uses = "1000".into())).await;
    let key: Arc<str> = created.secret.expose_secret().into();
    let count = Arc::new(AtomicUsize::new(0));
    let mut callers = tokio::task::JoinSet::new();
    for _ in 0..200 {
        let (keyhatch, key, count) = (app.keyhatch.clone(), Arc::clone(&key), Arc::clone(&count));
        callers.spawn(async move {
            let mut refused = 0;
            for _ in 0..250 {
                match decide(&keyhatch, &key).await {
                    Ok(VerdictCode::Valid) => drop(count.fetch_add(1, Ordering::Relaxed)),
                    Ok(VerdictCode::QuotaExceeded) => refused += 1,
                    other => panic!("{other:?}"),
                }
            }
            refused
        });
    }
    let refused: usize = callers.join_all().await.into_iter().sum();
    assert_eq!((count.load(Ordering::Relaxed), refused), (1_000, 49_000));
}

async fn rate_is_exact_in_each_window(app: TestApp) {
    let created = app.create_key_with(&limited(|limits| limits.minute = "100".into())).await;
    let key = created.secret.expose_secret();
    let mut windows = std::collections::BTreeMap::new();
    app.clock.set(START - START % MINUTE + MINUTE);
    // The last window has 122 calls.
    for _ in 0..1_022 {
        let window = app.keyhatch.now().div_euclid(MINUTE);
        let answer = decide(&app.keyhatch, key).await;
        let counted: &mut usize = windows.entry(window).or_default();
        match answer {
            Ok(VerdictCode::Valid) => *counted += 1,
            Ok(VerdictCode::RateLimited) => {}
            other => panic!("{other:?}"),
        }
        app.clock.advance(MINUTE / 180);
    }
    let full: Vec<usize> = windows.into_values().collect();
    assert_eq!(full, [100; 6]);
}

async fn refusal_by_one_limit_charges_no_other(app: TestApp) {
    let form = limited(|limits| {
        limits.second = "50".into();
        limits.minute = "60".into();
        limits.hour = "5".into();
        limits.day = "70".into();
    });
    let created = app.create_key_with(&form).await;
    let key = created.secret.expose_secret();
    assert_eq!(count_valid(&app.keyhatch, key, 40).await, 5);
    let question = HypotheticalCall { address: None, privilege: None, channel: None, cost: 1 };
    let actor = Actor::Operator;
    let explained = app.keyhatch.key_calls().explain(&actor, &app.account, &created.key.id, &question).await.unwrap();
    let findings: Vec<&str> = explained.checks.iter().map(|check| check.finding.as_str()).skip(5).collect();
    assert!(findings[0].starts_with("45 left of 50 a second"), "{findings:?}");
    assert!(findings[1].starts_with("55 left of 60 a minute"), "{findings:?}");
    assert!(findings[2].starts_with("0 left of 5 an hour until"), "{findings:?}");
    assert!(findings[3].starts_with("65 left of 70 a day"), "{findings:?}");
    assert_eq!(explained.code, VerdictCode::RateLimited);
    // A refusal reports the state of the limits and when to retry.
    let call = CallRequest { credential: key, name: None, address: None, privilege: None, channel: None, cost: 1 };
    let refused = app.keyhatch.gate().decide(&call).await.unwrap();
    assert_eq!(refused.limits.iter().map(|one| one.left).collect::<Vec<_>>(), [45, 55, 0, 65]);
    assert_eq!(refused.retry_at, Some(START - START % HOUR + HOUR));
}

async fn two_nodes_share_a_limit(app: TestApp) {
    let created = app.create_key_with(&limited(|limits| limits.hour = "100".into())).await;
    let key = created.secret.expose_secret();
    let other = app.open_second().await.unwrap();
    let mut sum = 0;
    for _ in 0..80 {
        sum += count_valid(&app.keyhatch, key, 1).await + count_valid(&other, key, 1).await;
    }
    assert_eq!(sum, 100);
}

/// After a crash, the next process counts the crashed one's leases as used.
async fn crash_never_grants_more(mut app: TestApp) {
    let form = limited(|limits| {
        limits.hour = "100".into();
        limits.uses = "1000".into();
    });
    let created = app.create_key_with(&form).await;
    let key = created.secret.expose_secret().to_owned();
    let mut sum = 0;
    for _ in 0..4 {
        sum += count_valid(&app.keyhatch, &key, 7).await;
        app.start().await.unwrap();
    }
    sum += count_valid(&app.keyhatch, &key, 150).await;
    assert!(sum <= 100, "{sum}");
    assert!(sum >= 20, "{sum}");
}

async fn orderly_stop_loses_no_calls(mut app: TestApp) {
    let created = app.create_key_with(&limited(|limits| limits.day = "100".into())).await;
    let key = created.secret.expose_secret().to_owned();
    let mut sum = 0;
    for _ in 0..4 {
        sum += count_valid(&app.keyhatch, &key, 7).await;
        app.restart().await;
    }
    sum += count_valid(&app.keyhatch, &key, 150).await;
    assert_eq!(sum, 100);
}

async fn changed_limits_apply_at_once(app: TestApp) {
    let created = app.create_key_with(&limited(|limits| limits.hour = "100".into())).await;
    let key = created.secret.expose_secret();
    assert_eq!(count_valid(&app.keyhatch, key, 10).await, 10);
    for (limit, more) in [("5", 0), ("15", 5), ("200", 185)] {
        let form = limited(|limits| limits.hour = limit.into());
        app.keyhatch.keys().update(&Actor::Operator, &app.account, &created.key.id, &form, None).await.unwrap();
        assert_eq!(count_valid(&app.keyhatch, key, 300).await, more, "{limit}");
    }
    app.keyhatch
        .keys()
        .update(&Actor::Operator, &app.account, &created.key.id, &unrestricted_key_form("Free"), None)
        .await
        .unwrap();
    assert_eq!(count_valid(&app.keyhatch, key, 300).await, 300);
}

async fn uses_are_refilled(app: TestApp) {
    let daily =
        app.create_key_with(&limited(|limits| (limits.uses, limits.refill) = ("3".to_owned(), Refill::Day))).await;
    let monthly =
        app.create_key_with(&limited(|limits| (limits.uses, limits.refill) = ("3".to_owned(), Refill::Month))).await;
    let once = app.create_key_with(&limited(|limits| limits.uses = "3".into())).await;
    let mut seen = Vec::new();
    // 18 and 19 November, and 1 December.
    for days in [0, 1, 12] {
        app.clock.advance(days * DAY);
        let mut row = Vec::new();
        for created in [&daily, &monthly, &once] {
            row.push(count_valid(&app.keyhatch, created.secret.expose_secret(), 5).await);
        }
        seen.push(row);
    }
    assert_eq!(seen, [[3, 3, 3], [3, 0, 0], [3, 3, 0]]);
}
