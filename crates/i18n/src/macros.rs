//! Declaring texts.

/// Declares texts of one area. Each becomes a function, whose id is the area and its name: `add_title` in the area `editor`
/// is `editor-add_title`. Arguments in brackets are kept apart, to be emphasized: the function returns
/// [`TextPart`](crate::TextPart)s. Also declares `IDS`, the ids and argument names of all of them.
///
/// ```text
/// i18n::texts! { "editor";
///     save,
///     count_of(count, limit),
///     add_address[address],
/// }
/// assert_eq!((save(), count_of(2_u64, 50_u64), add_address("::1").len()), ("Save", "2 of 50".to_owned(), 2));
/// ```
#[macro_export]
macro_rules! texts {
    ($area:literal; $($name:ident $(($($argument:ident),+ $(,)?))? $([$($emphasized:ident),+ $(,)?])?),* $(,)?) => {
        /// The texts of this area.
        pub const IDS: &[$crate::TextId] = &[$((
            concat!($area, "-", stringify!($name)),
            &[$($(stringify!($argument)),+)? $($(stringify!($emphasized)),+)?],
        )),*];

        $($crate::text_function! { $area, $name $(($($argument),+))? $([$($emphasized),+])? })*
    };
}

/// One function of [`texts!`].
#[doc(hidden)]
#[macro_export]
macro_rules! text_function {
    ($area:literal, $name:ident) => {
        #[doc = concat!("The text `", $area, "-", stringify!($name), "`.")]
        #[must_use]
        pub fn $name() -> &'static str {
            $crate::plain(concat!($area, "-", stringify!($name)))
        }
    };
    ($area:literal, $name:ident ($($argument:ident),+)) => {
        #[doc = concat!("The text `", $area, "-", stringify!($name), "`.")]
        #[must_use]
        pub fn $name<'a>($($argument: impl Into<$crate::Value<'a>>),+) -> String {
            $crate::format(
                concat!($area, "-", stringify!($name)),
                &[$((stringify!($argument), $argument.into())),+],
            )
        }
    };
    ($area:literal, $name:ident [$($argument:ident),+]) => {
        #[doc = concat!("The text `", $area, "-", stringify!($name), "`, in parts.")]
        #[must_use]
        pub fn $name<'a>($($argument: impl Into<$crate::Value<'a>>),+) -> Vec<$crate::TextPart> {
            $crate::format_parts(
                concat!($area, "-", stringify!($name)),
                &[$((stringify!($argument), $argument.into())),+],
            )
        }
    };
}
