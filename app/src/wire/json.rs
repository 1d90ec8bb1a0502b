//! JSON parsed by the browser, and converting it to our types.

use wasm_bindgen::JsValue;

/// A JavaScript value.
pub struct JsonValue(JsValue);

impl JsonValue {
    /// Parses text; `None` if it is not JSON.
    pub fn parse(text: &str) -> Option<Self> {
        js_sys::JSON::parse(text).ok().map(Self)
    }

    /// Converts a property of an object. A missing property is `undefined`, which only some types accept.
    pub fn get<T: FromJson>(&self, name: &str) -> Option<T> {
        T::from_json(&Self(js_sys::Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)))
    }
}

/// Types that can be converted from the server's JSON.
pub trait FromJson: Sized {
    /// `None` for anything that the server does not write.
    fn from_json(json: &JsonValue) -> Option<Self>;
}

/// Converts an object to a struct with the same field names. All fields must be listed, or it does not compile.
macro_rules! impl_from_json {
    ($type:ty { $($field:ident)* }) => {
        impl FromJson for $type {
            fn from_json(json: &JsonValue) -> Option<Self> {
                Some(Self { $($field: json.get(stringify!($field))?),* })
            }
        }
    };
}
pub(super) use impl_from_json;

impl FromJson for () {
    fn from_json(_: &JsonValue) -> Option<Self> {
        Some(())
    }
}

impl FromJson for String {
    fn from_json(json: &JsonValue) -> Option<Self> {
        json.0.as_string()
    }
}

impl FromJson for bool {
    fn from_json(json: &JsonValue) -> Option<Self> {
        json.0.as_bool()
    }
}

impl FromJson for i64 {
    #[expect(clippy::cast_possible_truncation, reason = "our numbers are whole and far below 2^53")]
    fn from_json(json: &JsonValue) -> Option<Self> {
        json.0.as_f64().map(|number| number as Self)
    }
}

impl FromJson for u64 {
    fn from_json(json: &JsonValue) -> Option<Self> {
        i64::from_json(json)?.try_into().ok()
    }
}

impl FromJson for usize {
    fn from_json(json: &JsonValue) -> Option<Self> {
        i64::from_json(json)?.try_into().ok()
    }
}

impl<T: FromJson> FromJson for Option<T> {
    fn from_json(json: &JsonValue) -> Option<Self> {
        if json.0.is_null() || json.0.is_undefined() { Some(None) } else { T::from_json(json).map(Some) }
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(json: &JsonValue) -> Option<Self> {
        // `Array::from` throws for values that are not iterable.
        if !js_sys::Array::is_array(&json.0) {
            return None;
        }
        js_sys::Array::from(&json.0).iter().map(|item| T::from_json(&JsonValue(item))).collect()
    }
}
