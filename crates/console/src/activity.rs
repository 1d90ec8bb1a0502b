//! `/settings/activity.csv`: what the page of activity shows, as a file for a spreadsheet. It is sent while it is read,
//! since an account's audit has no end. What is shown to whom is decided in `service`.

use app::context::Visitor;
use axum::body::Body;
use axum::extract::Request;
use axum::response::{IntoResponse as _, Response};
use csv::{Terminator, WriterBuilder};
use domain::activity::{ActivityFilter, ActivityForm};
use domain::time::iso;
use futures_util::stream::try_unfold;
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use http::request::Parts;
use http::{HeaderValue, StatusCode};
use service::actor::Actor;
use service::audit::{Activity, ActivityPage};
use service::{Error, Keyhatch};

use problem::Problem;

const COLUMNS: [&str; 7] = ["Time", "Who", "Action", "What", "Key id", "Key", "From"];

/// The rows that the query asks for, as the page would.
pub(super) async fn export(keyhatch: Keyhatch, request: Request) -> Response {
    let (asked, _) = request.into_parts();
    match begin(keyhatch, &asked).await {
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

async fn begin(keyhatch: Keyhatch, asked: &Parts) -> Result<Body, Problem> {
    let visitor = asked.extensions.get::<Visitor>().ok_or_else(Problem::internal)?;
    let viewer = visitor.viewer.clone().map_err(|error| problem(&error))?;
    let account = viewer.shown_account().to_owned();
    let filter = form(asked.uri.query().unwrap_or_default()).check();
    let filter = filter.map_err(|errors| problem(&Error::Invalid(errors)))?;
    let export = Export { keyhatch, actor: Actor::Member(viewer), account, filter };
    // The first page says whether there is an answer at all; after that only a broken-off file could say so.
    let first = export.page(None).await.map_err(|error| problem(&error))?;
    let begin = (Some(first), export, cells(COLUMNS.map(ToOwned::to_owned)));
    Ok(Body::from_stream(try_unfold(begin, async |(page, export, mut text)| {
        let Some(page) = page else { return Ok::<_, Error>(None) };
        text.extend(page.rows.iter().flat_map(|row| cells(line(row))));
        let next = match page.next {
            Some(after) => Some(export.page(Some(after)).await?),
            None => None,
        };
        Ok(Some((text, (next, export, Vec::new()))))
    })))
}

/// What is exported, and for whom.
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

fn form(query: &str) -> ActivityForm {
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

fn line(row: &Activity) -> [String; 7] {
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
fn cells(cells: [String; 7]) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let written = writer.write_record(cells.map(defused));
    written.and_then(|()| writer.into_inner().map_err(|error| error.into_error().into())).unwrap_or_default()
}

/// A cell that a spreadsheet does not take for a formula: a key may be called `=HYPERLINK(…)`. Some of them read the wide
/// forms of these signs as the usual ones.
fn defused(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        format!("'{cell}")
    } else {
        cell
    }
}

fn problem(error: &Error) -> Problem {
    match error {
        Error::Forbidden => Problem::new(StatusCode::FORBIDDEN, "forbidden", "Your role does not allow this"),
        Error::NotFound => Problem::not_found(),
        Error::Invalid(errors) => {
            let title = "Some fields need another value";
            let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", title);
            errors.0.iter().fold(problem, |problem, error| problem.field(&error.field, &error.message))
        }
        Error::Unavailable => Problem::unavailable(),
        _ => Problem::internal(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_none_breaks_its_line() {
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
            let line = cells([cell, "b", "c", "d", "e", "f", "g"].map(ToOwned::to_owned));
            assert_eq!(String::from_utf8_lossy(&line), format!("{written},b,c,d,e,f,g\r\n"), "{cell:?}");
        }
    }

    #[test]
    fn the_query_is_read_as_the_page_reads_it() {
        let form = form("member=jo%40acme.example&key=Web+shop&from=2026-11-18&other=1&to=");
        assert_eq!((form.member.as_str(), form.key.as_str()), ("jo@acme.example", "Web shop"));
        assert_eq!((form.group.as_str(), form.from.as_str(), form.to.as_str()), ("", "2026-11-18", ""));
    }
}
