//! Writing by API: a page's form behind an address of the API. What is read of it, what is checked and what is done is the form's own; a program sends the
//! same fields, as a form or as an object of JSON, and is told in JSON what became of them.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, LOCATION};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, post};
use form_urlencoded::Serializer;
use serde_json::{Map, Value, json};

use super::v1::json;
use crate::app;
use crate::error::Error;
use crate::pages::{Against, Problems};

/// The longest object that is read.
const LONGEST: usize = 2 * 1024 * 1024;

/// The handler of a page's form, answering programs.
pub(crate) fn written<H, T>(handler: H) -> MethodRouter<Arc<app::State>>
where
    H: Handler<T, Arc<app::State>>,
    T: 'static,
{
    post(handler).layer(from_fn(told))
}

async fn told(request: Request, next: Next) -> Response {
    // What is added is made; what is corrected, resolved or taken back was there.
    let path = request.uri().path();
    let changes = ["/correct", "/withdraw", "/resolve"].iter().any(|end| path.ends_with(end));
    let request = match as_form(request).await {
        Ok(request) => request,
        Err(error) => return error.into_response(),
    };
    let response = next.run(request).await;
    let extensions = response.extensions();
    if let Some(problems) = extensions.get::<Problems>() {
        return wrong(problems);
    }
    if let Some(against) = extensions.get::<Against>() {
        return json(against).into_response();
    }
    if response.status() != StatusCode::SEE_OTHER {
        return response;
    }
    let see = response.headers().get(LOCATION).and_then(|page| page.to_str().ok()).map(of_api).unwrap_or_default();
    let status = if changes { StatusCode::OK } else { StatusCode::CREATED };
    let location = HeaderValue::from_str(&see).unwrap_or_else(|_| HeaderValue::from_static("/api/v1"));
    (status, [(LOCATION, location)], json(&json!({ "see": see }))).into_response()
}

/// The address of the API at which a thing is read, by that of its page: a page may have parts that the API has not.
fn of_api(page: &str) -> String {
    let path = page.split(['?', '#']).next().unwrap_or_default();
    let thing: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(2).collect();
    match thing[..] {
        ["homes", "alerts"] => "/api/v1/alerts".to_owned(),
        _ => format!("/api/v1/{}", thing.join("/")),
    }
}

/// Everything that is wrong at once, by field (RFC 9457); 409 where somebody else changed the fact meanwhile.
fn wrong(problems: &Problems) -> Response {
    let detail = problems.all.iter().map(|(_, problem)| problem.as_str()).collect::<Vec<_>>().join(". ");
    if problems.stale {
        return Error::Changed(detail).into_response();
    }
    let errors: Vec<Value> = problems.all.iter().map(|(field, problem)| json!({ "field": field, "problem": problem })).collect();
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    let body = json!({ "title": "What was sent cannot be recorded", "status": status.as_u16(), "detail": detail, "errors": errors });
    (status, [(CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

/// The request as a form sends it, where it came as an object of JSON.
async fn as_form(request: Request) -> Result<Request, Error> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Ok(request);
    }
    let (mut parts, body) = request.into_parts();
    let bytes = to_bytes(body, LONGEST).await.map_err(|_| unreadable())?;
    let fields: Map<String, Value> = serde_json::from_slice(&bytes).map_err(|_| unreadable())?;
    let mut form = Serializer::new(String::new());
    for (name, value) in &fields {
        let values = match value {
            Value::Array(values) => values.iter().collect(),
            other => vec![other],
        };
        for value in values {
            if let Some(text) = text(value)? {
                form.append_pair(name, &text);
            }
        }
    }
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    parts.headers.remove(CONTENT_LENGTH);
    Ok(Request::from_parts(parts, Body::from(form.finish())))
}

/// A value as a field of a form has it; nothing for null.
fn text(value: &Value) -> Result<Option<String>, Error> {
    match value {
        Value::Null => Ok(None),
        Value::String(text) => Ok(Some(text.clone())),
        Value::Number(number) => Ok(Some(number.to_string())),
        Value::Bool(yes) => Ok(Some(if *yes { "yes" } else { "no" }.to_owned())),
        Value::Array(_) | Value::Object(_) => Err(unreadable()),
    }
}

fn unreadable() -> Error {
    Error::Unreadable("Send one object of JSON whose values are texts, numbers, true, false, null or lists of these.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_leads_to_what_the_api_has_of_it() {
        for (page, api) in [
            ("/homes/1", "/api/v1/homes/1"),
            ("/homes", "/api/v1/homes"),
            ("/cases/1/health#visits", "/api/v1/cases/1"),
            ("/homes/alerts", "/api/v1/alerts"),
        ] {
            assert_eq!(of_api(page), api);
        }
    }

    #[test]
    fn values_of_json_are_fields_of_a_form() {
        assert_eq!(text(&json!(4)), Ok(Some("4".to_owned())));
        assert_eq!(text(&json!(null)), Ok(None));
        assert_eq!(text(&json!({})), Err(unreadable()));
    }
}
