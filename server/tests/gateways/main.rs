//! Real nginx, Caddy and HAProxy, started from what `keyhatch gateway` prints, untouched, between callers on different
//! loopback addresses and an upstream that shows what reached it. Envoy and Traefik cannot be installed from Debian;
//! their questions and answers are replayed in `tests/http/gate_shapes.rs`.

mod caller;
mod check;
mod check_page;
mod crowd;
mod limits;
mod outage;
mod passing;
mod paths;
mod place;
mod printed;
mod process;
mod proxies;
mod shapes;
mod spoofing;
mod tls;
mod upstream;
mod verdicts;

/// One test for each gateway that can be run.
macro_rules! for_each_gateway {
    ($($name:ident),* $(,)?) => {
        for_each_gateway!(@ nginx Nginx $($name),*);
        for_each_gateway!(@ caddy Caddy $($name),*);
        for_each_gateway!(@ haproxy Haproxy $($name),*);
    };
    (@ $module:ident $gateway:ident $($name:ident),*) => {
        mod $module {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $name() {
                Box::pin(super::$name(crate::place::Gateway::$gateway)).await;
            })*
        }
    };
}
pub(crate) use for_each_gateway;
