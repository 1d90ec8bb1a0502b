//! What the islands of the list write.

i18n::texts! { "list_islands";
    selected_keys,
    selected(count),
    use_shortcuts,
}
