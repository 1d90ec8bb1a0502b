//! `/settings/activity.csv`: the activity page as a CSV file. It is streamed, because an account's audit has no bound.
//! Authorization is up to `service`. It is a file for programs, so it is in English whatever the request's language.

use app::context::Visitor;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use csv::{Terminator, WriterBuilder};
use domain::activity::{ActivityFilter, ActivityForm};
use domain::time::iso;
use futures_util::stream::try_unfold;
use http::HeaderValue;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::request::Parts;
use i18n::{MessageCatalogue, in_language};
use service::actor::Actor;
use service::audit::{Activity, ActivityPage};
use service::{Error, Keyhatch};

use api::to_problem;
use problem::Problem;

const COLUMNS: [&str; 7] = ["Time", "Who", "Action", "What", "Key id", "Key", "From"];

/// Exports the rows that match the query, which is the same as the page's.
pub(super) async fn export(keyhatch: Keyhatch, request: Request) -> Response {
    let (request, _) = request.into_parts();
    match start_export(keyhatch, &request).await {
        Ok(body) => {
            let mut response = Response::new(body);
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            let name = HeaderValue::from_static("attachment; filename=\"activity.csv\"");
            headers.insert(CONTENT_DISPOSITION, name);
            response
        }
        Err(problem) => problem.into_response(),
    }
}

async fn start_export(keyhatch: Keyhatch, request: &Parts) -> Result<Body, Problem> {
    let visitor = request.extensions.get::<Visitor>().ok_or_else(Problem::internal)?;
    let viewer = visitor.viewer.clone().map_err(to_problem)?;
    let account = viewer.shown_account().to_owned();
    let filter = parse_form(request.uri.query().unwrap_or_default()).check();
    let filter = filter.map_err(|errors| to_problem(Error::Invalid(errors)))?;
    let export = Export { keyhatch, actor: Actor::Member(viewer), account, filter };
    // Errors of the first page are still a proper response; later ones can only abort the file.
    let first = in_language(MessageCatalogue::english(), export.page(None)).await.map_err(to_problem)?;
    let state = (Some(first), export, csv_line(COLUMNS.map(ToOwned::to_owned)));
    Ok(Body::from_stream(try_unfold(state, async |(page, export, mut text)| {
        let Some(page) = page else { return Ok::<_, Error>(None) };
        text.extend(page.rows.iter().flat_map(|row| csv_line(columns(row))));
        let next = match page.next {
            Some(after) => Some(in_language(MessageCatalogue::english(), export.page(Some(after))).await?),
            None => None,
        };
        Ok(Some((text, (next, export, Vec::new()))))
    })))
}

/// An export in progress.
struct Export {
    keyhatch: Keyhatch,
    actor: Actor,
    account: String,
    filter: ActivityFilter,
}

impl Export {
    async fn page(&self, after: Option<i64>) -> Result<ActivityPage, Error> {
        self.keyhatch.audit().list(&self.actor, &self.account, &self.filter, after).await
    }
}

fn parse_form(query: &str) -> ActivityForm {
    let mut form = ActivityForm::default();
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let field = match &*name {
            "member" => &mut form.member,
            "group" => &mut form.group,
            "key" => &mut form.key,
            "from" => &mut form.from,
            "to" => &mut form.to,
            _ => continue,
        };
        *field = value.into_owned();
    }
    form
}

fn columns(row: &Activity) -> [String; 7] {
    let key = row.key.as_ref();
    [
        iso(row.at),
        row.actor.clone(),
        row.action.clone(),
        row.sentence.clone(),
        key.map(|key| key.id.clone()).unwrap_or_default(),
        key.map(|key| key.name.clone()).unwrap_or_default(),
        row.address.clone().unwrap_or_default(),
    ]
}

/// A line of the file (RFC 4180).
fn csv_line(cells: [String; 7]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(cells.map(escape_formula));
    written.and_then(|()| writer.into_inner().map_err(|error| error.into_error().into())).unwrap_or_default()
}

/// Prevents CSV injection: a spreadsheet would evaluate a key's name such as `=HYPERLINK(…)`. Some spreadsheets also accept
/// the full-width forms of these characters.
fn escape_formula(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (cell, written) in [
            ("Web shop", "Web shop"),
            ("", ""),
            ("a,b", "\"a,b\""),
            ("say \"hi\"", "\"say \"\"hi\"\"\""),
            ("two\r\nlines", "\"two\r\nlines\""),
            ("=1+1", "'=1+1"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("＝1＋1", "'＝1＋1"),
            ("\t=1", "'\t=1"),
            ("a=1", "a=1"),
        ] {
            let line = csv_line([cell, "b", "c", "d", "e", "f", "g"].map(ToOwned::to_owned));
            assert_eq!(String::from_utf8_lossy(&line), format!("{written},b,c,d,e,f,g\r\n"), "{cell:?}");
        }
    }

    #[test]
    fn query_is_parsed_like_the_page() {
        let form = parse_form("member=jo%40acme.example&key=Web+shop&from=2026-11-18&other=1&to=");
        assert_eq!((form.member.as_str(), form.key.as_str()), ("jo@acme.example", "Web shop"));
        assert_eq!((form.group.as_str(), form.from.as_str(), form.to.as_str()), ("", "2026-11-18", ""));
    }
}
