//! JSON that the browser parsed, and how our types are read from it.

use wasm_bindgen::JsValue;

/// A value of the browser.
pub struct Json(JsValue);

impl Json {
    /// Parses a text; None if it is not JSON.
    pub fn parse(text: &str) -> Option<Self> {
        js_sys::JSON::parse(text).ok().map(Self)
    }

    /// Reads a member of an object. None for a member that is missing is a matter of its type.
    pub fn get<T: Read>(&self, name: &str) -> Option<T> {
        T::read(&Self(js_sys::Reflect::get(&self.0, &name.into()).unwrap_or(JsValue::UNDEFINED)))
    }
}

/// What can be read from JSON that our own server wrote.
pub trait Read: Sized {
    /// None for anything that the server does not write.
    fn read(json: &Json) -> Option<Self>;
}

/// Reads a struct from an object with the same names. All fields must be listed, or it does not compile.
macro_rules! readable {
    ($type:ty { $($field:ident)* }) => {
        impl Read for $type {
            fn read(json: &Json) -> Option<Self> {
                Some(Self { $($field: json.get(stringify!($field))?),* })
            }
        }
    };
}
pub(super) use readable;

impl Read for () {
    fn read(_: &Json) -> Option<Self> {
        Some(())
    }
}

impl Read for String {
    fn read(json: &Json) -> Option<Self> {
        json.0.as_string()
    }
}

impl Read for bool {
    fn read(json: &Json) -> Option<Self> {
        json.0.as_bool()
    }
}

impl Read for i64 {
    #[expect(clippy::cast_possible_truncation, reason = "our numbers are whole and far below 2^53")]
    fn read(json: &Json) -> Option<Self> {
        json.0.as_f64().map(|number| number as Self)
    }
}

impl Read for u64 {
    fn read(json: &Json) -> Option<Self> {
        i64::read(json)?.try_into().ok()
    }
}

impl Read for usize {
    fn read(json: &Json) -> Option<Self> {
        i64::read(json)?.try_into().ok()
    }
}

impl<T: Read> Read for Option<T> {
    fn read(json: &Json) -> Option<Self> {
        if json.0.is_null() || json.0.is_undefined() { Some(None) } else { T::read(json).map(Some) }
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &Json) -> Option<Self> {
        // What is missing is no list, and the browser would throw.
        if !js_sys::Array::is_array(&json.0) {
            return None;
        }
        js_sys::Array::from(&json.0).iter().map(|item| T::read(&Json(item))).collect()
    }
}
